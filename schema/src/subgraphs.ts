import { campaigns } from '@hub/campaigns/subgraph';
import type { Subgraph } from '@hub/kit/subgraph';
import { organisations } from '@hub/organisations/subgraph';
import { people } from '@hub/people/subgraph';
import { programs } from '@hub/programs/subgraph';

/** The federated subgraphs, in the order they start. */
export const subgraphs: Subgraph[] = [organisations, people, campaigns, programs];

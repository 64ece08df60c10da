import { ofOwnOrganisation, ownOrganisation } from '@hub/kit/slice';

/** SQL for the programs in which the viewer's own organisation is a partner now; reads nothing but the links' own column. */
export const partneredPrograms = `(select program_id from program_partner where organisation_id = ${ownOrganisation} and left_on is null)`;

/** SQL for "the viewer's organisation leads the program or is a partner in it", over the table `program`. */
export const takesPart = `((${ofOwnOrganisation('lead_organisation_id')}) or id in ${partneredPrograms})`;

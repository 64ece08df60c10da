import { Needs } from '@hub/kit/needs';
import { buildSchema } from 'graphql';

/** What the parts of a supergraph need; read from its SDL, as the API schema made of it says nothing of it. */
export const needsOf = (supergraphSdl: string): Needs => new Needs(buildSchema(supergraphSdl, { assumeValidSDL: true }));

/** A subgraph that is leaving says so in the answer to what it refuses: nothing of it was done, and another may be asked. */
export const leavingHeader = 'x-hub-leaving';

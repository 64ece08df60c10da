import { setFlagsFromString } from 'node:v8';

// Bytes of answers lie outside the heap. V8 by itself collects the whole heap for every 64 MB of them, a hundred answers of a long list
// apart; counted with the heap they are collected with the young ones they belong to. A quarter of the work of such answers.
setFlagsFromString('--external-memory-accounted-in-global-limit');

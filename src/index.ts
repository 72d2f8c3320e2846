import { run, runCrashed } from './action.ts';

process.once('uncaughtException', runCrashed);
run().catch(runCrashed);

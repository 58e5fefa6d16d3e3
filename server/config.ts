/** The event folder as everyone else sees it: read whole, or every problem in it. */
export { loadEvent, type Config, type Loaded } from './config/load.ts';
export { printed, type Problem } from './config/problem.ts';
export { outline } from './config/outline.ts';
export { EXERCISES, readScripts, type ScriptRead } from './config/exercises.ts';
export { readRehearsals, type RehearsalsRead } from './config/rehearsals.ts';

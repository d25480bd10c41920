/** What is told in one or a few lines, and ends the command with exit code 1. */
export class Failure extends Error {}

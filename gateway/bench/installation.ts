/** What the run is given of an installation: databases, and how a gateway is started. */
export type Installation = {
  version: string;
  /** A migrated, empty database; it ends with the run. Resolves with its URL. */
  createDatabase: (name: string) => Promise<string>;
  /** What Node is told to run a gateway in an environment. */
  gatewayProcess: (env: Record<string, string>) => { args: readonly string[]; env: Record<string, string> };
  /** Deletes everything. */
  close: () => Promise<void>;
};

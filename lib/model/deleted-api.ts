/** How long a deleted API can be brought back, days. */
export const restorableDays = 30;

/** An API that is gone and can be brought back. */
export type DeletedApi = {
  id: string;
  name: string;
  version: string;
  context: string;
  /** Whose it is again when it comes back. */
  owner: { name: string; email: string };
  /** The name of who deleted it. */
  deletedBy: string;
  deletedAt: Date;
  /** When it is gone for good. */
  restorableUntil: Date;
};

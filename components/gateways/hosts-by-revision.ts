/** Which gateways answer with which revision of an API, by host. */
export function hostsByRevision(
  gateways: readonly { host: string; gone: boolean; runningRevision: number | null }[],
): Map<number, string[]> {
  const hosts = new Map<number, string[]>();
  for (const { host, gone, runningRevision } of gateways) {
    if (gone || runningRevision === null) continue;
    hosts.set(runningRevision, [...(hosts.get(runningRevision) ?? []), host]);
  }
  return hosts;
}

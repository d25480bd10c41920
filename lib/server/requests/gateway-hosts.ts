import type { ServerContext } from "../context.ts";

/** The hosts of gateways, as people know them; the id where a gateway is not known any more. */
export async function gatewayHosts({ db }: ServerContext, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db.gateway.findMany({ where: { id: { in: [...ids] } }, select: { id: true, host: true } });
  const hosts = new Map(rows.map(({ id, host }) => [id, host]));
  return ids.map((id) => hosts.get(id) ?? id);
}

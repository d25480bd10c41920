/** How many clients a load with sessions plays. */
const clients = 100;

/**
 * Cookies of clients of their own: those a contender gives, or, where it recognises clients by any cookie (nginx by a hash
 * of it), one made up here.
 */
export async function sessionCookies(url: string, headers: Record<string, string>): Promise<string[]> {
  return Promise.all(
    Array.from({ length: clients }, async (_, index) => {
      const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) });
      await response.arrayBuffer();
      return response.headers.getSetCookie()[0]?.split(";")[0] ?? `bench=${index}`;
    }),
  );
}

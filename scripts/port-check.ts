import type { Environment } from "./environment.ts";
import { Failure } from "./failure.ts";
import { portProblem } from "./free-port.ts";

const listeners = {
  publisher: [["HOST", "PORT"]],
  gateway: [
    ["GATEWAY_HOST", "GATEWAY_PORT"],
    ["GATEWAY_ADMIN_HOST", "GATEWAY_ADMIN_PORT"],
  ],
} as const;

/** Refuses to start what could not listen, before anything was started. */
export async function checkPorts(env: Environment, of: readonly (keyof typeof listeners)[]): Promise<void> {
  for (const [hostName, portName] of of.flatMap((process) => [...listeners[process]])) {
    const problem = await portProblem(env[hostName], env[portName]);
    if (problem !== undefined) throw new Failure(explain(problem, env, hostName, portName));
  }
}

function explain(problem: string, env: Environment, hostName: keyof Environment, portName: keyof Environment): string {
  const where = `port ${env[portName]} on ${env[hostName]}`;
  switch (problem) {
    case "EADDRINUSE":
      return `${where} is taken by another program: end it, or set ${portName} to another port`;
    case "EACCES":
      return `this user may not listen on ${where}: set ${portName} to another port`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `${env[hostName]} is no address of this machine: set ${hostName} to one that is`;
    default:
      return `cannot listen on ${where} (${problem}): set ${hostName} and ${portName} to others`;
  }
}

import "server-only";

/** A setting as it is in effect, and where it comes from. Secrets only say whether they are set. */
export type SettingInEffect = {
  name: string;
  value: string;
  source: "environment" | "default" | "generated" | "embedded";
};

/** What is shown of each setting: its value, or for secrets, and for URLs with a password in them, less than that. */
const settings = {
  DATABASE_URL: "url",
  FAIRLEAD_HOME: "plain",
  FAIRLEAD_SECRET: "secret",
  HOST: "plain",
  PORT: "plain",
  GATEWAY_HOST: "plain",
  GATEWAY_PORT: "plain",
  GATEWAY_ADMIN_HOST: "plain",
  GATEWAY_ADMIN_PORT: "plain",
  GATEWAY_ADMIN_TOKEN: "secret",
  GATEWAY_PUBLIC_URL: "url",
  GATEWAY_WORKERS: "plain",
  GATEWAY_MAX_CONNECTIONS: "plain",
  GATEWAY_WIRE_PATH: "plain",
  TRUSTED_PROXIES: "plain",
  FAIRLEAD_ADMIN_EMAIL: "plain",
  FAIRLEAD_ADMIN_PASSWORD: "secret",
  LOG_LEVEL: "plain",
} as const satisfies Record<string, "plain" | "url" | "secret">;

/** What stands for itself where a person set nothing. */
const withoutPerson: Readonly<Record<string, SettingInEffect["source"]>> = {
  DATABASE_URL: "embedded",
  FAIRLEAD_SECRET: "generated",
  GATEWAY_ADMIN_TOKEN: "generated",
};

/**
 * The settings of this process. npm's scripts fill in what nobody set, and tell by FAIRLEAD_GIVEN what somebody did; a
 * publisher that was started without them has everything from its environment.
 */
export function settingsInEffect(environment: Readonly<Record<string, string | undefined>>): SettingInEffect[] {
  const given = environment.FAIRLEAD_GIVEN?.split(",");
  return Object.entries(settings).map(([name, kind]) => {
    const value = environment[name] ?? "";
    const isGiven = value !== "" && (given === undefined || given.includes(name));
    const source = isGiven ? "environment" : value === "" ? "default" : (withoutPerson[name] ?? "default");
    return { name, value: shown(value, kind), source };
  });
}

function shown(value: string, kind: "plain" | "url" | "secret"): string {
  if (value === "") return "not set";
  switch (kind) {
    case "plain":
      return value;
    case "secret":
      return "set";
    case "url": {
      if (!URL.canParse(value)) return "set";
      const { protocol, host, pathname } = new URL(value);
      return `${protocol}//${host}${pathname}`;
    }
  }
}

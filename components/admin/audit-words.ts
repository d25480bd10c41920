/** What the audit log's actions read like. */
const words: Readonly<Record<string, string>> = {
  "api.create": "created the API",
  "api.copy": "created the version",
  "api.update": "saved the API",
  "api.restore": "restored an earlier revision of",
  "api.lifecycle": "changed the lifecycle of",
  "api.delete": "deleted the API",
  "guard.settings": "set how publishes are guarded of",
  "guard.restore": "restored the earlier revision of",
  "guard.restore-failed": "could not restore the earlier revision of",
  "guard.keep": "kept a watched change of",
  "guard.dismiss": "put away the guard's message at",
  "schedule.create": "scheduled a change of",
  "schedule.change": "changed the time of a scheduled change of",
  "schedule.cancel": "cancelled a scheduled change of",
  "schedule.publish": "published a scheduled change of",
  "schedule.refuse": "had a scheduled change refused of",
  "api-key.create": "created an API key for",
  "api-key.revoke": "revoked an API key of",
  "api-key.try-out": "made a try-out key for",
  "endpoint.switch-on": "switched on an endpoint of",
  "endpoint.switch-off": "switched off an endpoint of",
  "endpoint.drain": "set an endpoint to drain, of",
  "access-token.create": "created the access token",
  "access-token.revoke": "revoked the access token",
  "session.revoke": "ended an own session",
  "session.revoke-others": "ended all own sessions but one",
  "user.create-first": "set up this installation as",
  "user.create": "added the user",
  "user.role": "changed the role of",
  "user.activate": "activated",
  "user.deactivate": "deactivated",
  "user.change-password": "changed the password of",
  "user.reset-password": "reset the password of",
  "user.revoke-sessions": "ended the sessions of",
};

/** An action of the audit log in words; one that this page does not know is shown as it is stored. */
export function auditActionWords(action: string): string {
  return words[action] ?? action;
}

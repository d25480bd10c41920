const body = "x".repeat(1_024);

/** Lua for wrk: POST with a length. */
export const postScript = `wrk.method = "POST"
wrk.body = "${body}"
wrk.headers["Content-Type"] = "text/plain"
`;

/** Lua for wrk: POST in one chunk, which wrk itself does not know. */
export const chunkedPostScript = `local raw
function init()
  wrk.headers["Content-Type"] = "text/plain"
  wrk.headers["Transfer-Encoding"] = "chunked"
  raw = wrk.format("POST") .. "${body.length.toString(16)}\\r\\n${body}\\r\\n0\\r\\n\\r\\n"
end
function request() return raw end
`;

/** Lua for wrk: GET by many clients with a cookie each, who take a new one when they are given one. */
export function sessionScript(cookies: readonly string[]): string {
  return `local cookies = { ${cookies.map((cookie) => JSON.stringify(cookie)).join(", ")} }
local requests, turn, renewed = {}, 0, 0
local function put(index, cookie)
  wrk.headers["Cookie"] = cookie
  requests[index] = wrk.format("GET")
end
function init()
  for index, cookie in ipairs(cookies) do put(index, cookie) end
end
function request()
  turn = turn % #requests + 1
  return requests[turn]
end
function response(status, headers)
  local given = headers["Set-Cookie"] or headers["set-cookie"]
  if not given then return end
  renewed = renewed % #requests + 1
  put(renewed, given:match("^[^;]*"))
end
`;
}

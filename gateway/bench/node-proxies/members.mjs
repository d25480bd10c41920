/** What a Node proxy is told: where to listen, and the path whose requests go round its members. */
export const { port, path, members } = JSON.parse(process.argv[2]);

let turn = 0;

/** The member whose turn it is. */
export function nextMember() {
  turn += 1;
  return `http://127.0.0.1:${members[turn % members.length]}`;
}

import type { Socket } from "node:net";

const ok = "HTTP/1.1 200 OK\r\n";
const mebibyte = 1024 * 1024;

/** Sends these bytes once a request has begun to arrive; then this happens to the connection. */
function says(bytes: string, then: "stays" | "ends" | "resets" = "stays"): (socket: Socket) => void {
  return (socket) => {
    socket.once("data", () => {
      socket.write(bytes, "latin1", () => {
        if (then === "ends") socket.end();
        // What was written has to be on its way before the reset overtakes it.
        if (then === "resets") setTimeout(() => socket.resetAndDestroy(), 20);
      });
      socket.resume();
    });
  };
}

/** Sends pieces for as long as the other side takes them. */
function sends(head: string, piece: Buffer, count: number): (socket: Socket) => void {
  return (socket) => {
    socket.once("data", () => {
      socket.write(head, "latin1");
      let left = count;
      const more = () => {
        while (left > 0) {
          left -= 1;
          if (!socket.write(piece)) {
            socket.once("drain", more);
            return;
          }
        }
        socket.end();
      };
      more();
      socket.resume();
    });
  };
}

/** Sends one piece after the other, so many ms apart. */
function trickles(pieces: readonly string[], everyMs: number): (socket: Socket) => void {
  return (socket) => {
    socket.once("data", () => {
      let next = 0;
      const timer = setInterval(() => {
        const piece = pieces[next];
        next += 1;
        if (piece === undefined || socket.destroyed) {
          clearInterval(timer);
          socket.end();
        } else socket.write(piece, "latin1");
      }, everyMs);
      socket.resume();
    });
  };
}

const hints = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n";
const goOn = "HTTP/1.1 100 Continue\r\n\r\n";
const two = `${ok}Content-Length: 2\r\n\r\nok`;
const twoAtLast = `${ok}Content-Length: 2\r\nConnection: close\r\n\r\nok`;

/** What no HTTP server would do, by name. Each gets a fresh connection. */
export const hostileBehaviours = {
  "sends half a head and nothing more": says("HTTP/1.1 200 OK\r\nContent-Len"),
  "sends half a head and closes": says("HTTP/1.1 200 OK\r\nContent-Len", "ends"),
  "sends half a head and resets": says("HTTP/1.1 200 OK\r\nContent-Len", "resets"),
  "sends its head byte by byte": trickles([...`${ok}Content-Length: 2\r\nConnection: close\r\n\r\nok`], 2),
  "resets in the middle of the body": says(`${ok}Content-Length: 100\r\n\r\nhalf`, "resets"),
  "closes before the Content-Length it told": says(`${ok}Content-Length: 100\r\n\r\nhalf`, "ends"),
  "sends more than the Content-Length it told": says(`${ok}Content-Length: 2\r\n\r\nok and more`),
  "sends a second response nobody asked for": says(`${two}HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison`),
  "tells two Content-Lengths": says(`${ok}Content-Length: 2\r\nContent-Length: 3\r\n\r\nok`),
  "tells a Content-Length that is no number": says(`${ok}Content-Length: two\r\n\r\nok`),
  "tells a negative Content-Length": says(`${ok}Content-Length: -2\r\n\r\nok`),
  "tells Content-Length and chunked": says(
    `${ok}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
  ),
  "breaks a chunk's size": says(`${ok}Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\nzz\r\n`),
  "tells a chunk larger than any memory": says(`${ok}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nx`),
  "closes in the middle of a chunk": says(`${ok}Transfer-Encoding: chunked\r\n\r\nff\r\nhalf`, "ends"),
  "trickles its body": trickles([`${ok}Content-Length: 5\r\n\r\n`, "a", "b", "c", "d", "e"], 120),
  "falls silent in its body": says(`${ok}Content-Length: 100\r\n\r\nhalf`),
  "sends a body of 1 GiB": sends(`${ok}Content-Length: ${1024 * mebibyte}\r\n\r\n`, Buffer.alloc(mebibyte), 1024),
  "sends 100,000 header fields": says(
    `${ok}${Array.from({ length: 100_000 }, (_, index) => `X-${index}: y\r\n`).join("")}Content-Length: 2\r\n\r\nok`,
  ),
  "sends a header field of 1 MiB": says(`${ok}X-Long: ${"y".repeat(mebibyte)}\r\nContent-Length: 2\r\n\r\nok`),
  "sends a header field without end": sends(`${ok}X-Long: `, Buffer.alloc(64 * 1024, "y"), 1_000),
  "answers before the request is sent": (socket) => {
    socket.write(`${ok}Content-Length: 2\r\nConnection: close\r\n\r\nok`);
    socket.resume();
  },
  "answers before it has the body, and closes": says(
    "HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno",
    "ends",
  ),
  "closes its side and keeps reading": (socket) => {
    socket.end();
    socket.resume();
  },
  "closes its side after the answer and keeps reading": says(two, "ends"),
  "resets a connection once it stands": (socket) => {
    socket.resetAndDestroy();
  },
  "sends 103 first": says(`${hints}${twoAtLast}`),
  "sends 100 first, unasked": says(`${goOn}${twoAtLast}`),
  "sends 102 first": says(`HTTP/1.1 102 Processing\r\n\r\n${twoAtLast}`),
  "sends a thousand times 100 first": says(`${goOn.repeat(1_000)}${twoAtLast}`),
  "sends 103 and then nothing": says(hints),
  "sends 100 without end": trickles(
    Array.from({ length: 1_000 }, () => goOn),
    5,
  ),
  "switches protocols unasked": says(
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nraw",
  ),
  "sends garbage": says("\x00\xff\xfe nonsense \r\n\r\n"),
  "speaks HTTP/2": says("\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x80\x00\x04\x00\x01\x00\x00"),
  "speaks TLS": says("\x15\x03\x01\x00\x02\x02\x16"),
  "speaks HTTP/0.9": says("<html>it works</html>\n", "ends"),
  "sends a status that is none": says("HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n"),
  "sends a status of four digits": says("HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n"),
  "sends a header field without a colon": says(`${ok}nonsense\r\nContent-Length: 2\r\n\r\nok`),
  "sends NUL in a header field": says(`${ok}X-Nul: a\x00b\r\nContent-Length: 2\r\n\r\nok`),
  "splits a header field with a bare CR": says(`${ok}X-Split: a\rSet-Cookie: stolen=1\r\nContent-Length: 2\r\n\r\nok`),
  "answers 204 with a body": says("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok"),
  "resets the second request of a connection": (socket) => {
    socket.once("data", () => {
      socket.write(two);
      socket.once("data", () => socket.resetAndDestroy());
    });
  },
  "ends its body with the connection": says(`${ok}\r\nuntil the end`, "ends"),
} as const satisfies Record<string, (socket: Socket) => void>;
export type HostileBehaviour = keyof typeof hostileBehaviours;

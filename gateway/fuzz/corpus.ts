/** Inputs by which a target once found something; they stay, named by what was wrong. */
export const corpus: readonly { target: string; wrong: string; input: string }[] = [
  {
    target: "response-head",
    wrong: "a status line that ends within its status was waited for instead of refused",
    input: "HTTP/1.1 2\r\n",
  },
  {
    target: "response-head",
    wrong: "a status line without a status was waited for instead of refused",
    input: "HTTP/1.1 \r\n\r",
  },
  {
    target: "node-parser",
    wrong: "a chunk with an empty extension was taken for one, where Node's parser refuses it",
    input: "POST /shop/1.0.0/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;\r\nabcde\r\n0\r\n\r\n",
  },
  {
    target: "node-parser",
    wrong: "trailers told a length, where Node's parser refuses it",
    input:
      "POST /shop/1.0.0/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nTransfer-Encoding: keep-alive\r\n\r\n",
  },
  {
    target: "relay-requests",
    wrong: "a length beyond all numbers reached the endpoint when another field led to the other path",
    input:
      "POST /shop/1.0.0/a HTTP/1.1\r\nHost: x\r\ncontent-length: 9999999999999999999\r\nExpect: 5\r\n\r\n" +
      "GET /shop/1.0.0/a/last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
  },
  {
    target: "relay-responses",
    wrong: "what follows a whole answer must not be the next request's",
    input: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
  },
];

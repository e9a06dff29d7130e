import { rawRequest } from './raw-http';

const json = 'Content-Type: application/json';
const big = 1024 * 1024;

/**
 * Requests that no honest client sends, by name. @param token of some user, @param key makes a new Idempotency-Key header
 */
export function hostileRequests(token: string, key: () => string): Record<string, Buffer[]> {
  const auth = `Authorization: Bearer ${token}`;
  const post = (path: string, body: string | Buffer, ...headers: string[]) => [
    rawRequest(`POST ${path}`, [auth, json, key(), ...headers], body),
  ];
  const get = (path: string, ...headers: string[]) => [rawRequest(`GET ${path}`, [auth, ...headers])];
  const charge = (body: string | Buffer, ...headers: string[]) => post('/v1/points/charges', body, ...headers);
  const nested = (depth: number) => `{"amount":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  return {
    'an operator for a number': charge('{"amount":{"$gt":0}}'),
    'an operator for a name': [rawRequest('POST /v1/sign-in', [json], '{"name":{"$ne":""}}')],
    'an operator for a password': [rawRequest('POST /v1/sign-in', [json], '{"name":"admin","password":{"$ne":""}}')],
    'an operator for a seat': post('/v1/performances/p/holds', '{"seatIds":[{"$ne":1}]}'),
    'an operator beside the fields': charge('{"amount":5,"$where":"sleep(1000)"}'),
    'operators in the query': get('/v1/points/history?limit[$ne]=1&cursor[$gt]='),
    'an operator in the path': get('/v1/holds/%7B%22$ne%22:1%7D'),
    'an operator for a key': [
      rawRequest('POST /v1/points/charges', [auth, json, 'Idempotency-Key: {"$ne": ""}'], '{"amount":5}'),
    ],
    '__proto__ in the body': charge('{"__proto__":{"isAdmin":true,"amount":5}}'),
    '__proto__ beside the fields': charge('{"amount":5,"__proto__":{"isAdmin":true}}'),
    'constructor in the body': charge('{"amount":5,"constructor":{"prototype":{"isAdmin":true}}}'),
    '__proto__ in the query': get('/v1/points/history?__proto__[limit]=1'),
    'fields of other people': charge('{"amount":5,"userId":"user_1","balance":1000000,"status":"done"}'),
    'eight thousand arrays in one another': charge(nested(8000)),
    'half a million arrays in one another': charge(nested(500_000)),
    'one megabyte': charge(`{"amount":5,"filler":"${'x'.repeat(big)}"}`),
    'one megabyte without a length': [
      rawRequest('POST /v1/points/charges', [auth, json, key(), 'Transfer-Encoding: chunked']),
      Buffer.from(`${big.toString(16)}\r\n${'x'.repeat(big)}\r\n0\r\n\r\n`),
    ],
    'a body that unpacks to a lot': charge(Buffer.alloc(1000), 'Content-Encoding: gzip'),
    'a header of one megabyte': get('/v1/points', `X-Filler: ${'x'.repeat(big)}`),
    'five thousand headers': get('/v1/points', ...Array.from({ length: 5000 }, (_, i) => `X-${i}: 1`)),
    'an address of one hundred kilobytes': get(`/v1/points/history?cursor=${'x'.repeat(100_000)}`),
    'a parameter twice': get('/v1/points/history?limit=1&limit=100'),
    'a thousand parameters': get(`/v1/points/history?${'limit=1&'.repeat(1000)}`),
    'a length twice': charge('{"amount":5}', 'Content-Length: 12', 'Content-Length: 13'),
    'a length and chunks': charge('0\r\n\r\n', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
    'a negative length': charge('{"amount":5}', 'Content-Length: -1'),
    'a key twice': [
      rawRequest('POST /v1/points/charges', [auth, json, 'Idempotency-Key: a', 'Idempotency-Key: b'], '{"amount":5}'),
    ],
    'a number beyond all bounds': charge('{"amount":1e400}'),
    'a number of ten thousand digits': charge(`{"amount":${'9'.repeat(10_000)}}`),
    'not a number': charge('{"amount":NaN}'),
    'bytes that are no UTF-8': charge(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
    'another charset': [
      rawRequest('POST /v1/points/charges', [auth, key(), 'Content-Type: application/json; charset=utf-7'], '{}'),
    ],
    'a form': [
      rawRequest(
        'POST /v1/points/charges',
        [auth, key(), 'Content-Type: application/x-www-form-urlencoded'],
        'amount=5',
      ),
    ],
    'a token of ten thousand parts': [rawRequest('GET /v1/points', [`Authorization: Bearer ${'a.'.repeat(5000)}`])],
    'a token that nobody signed': [
      rawRequest('GET /v1/points', [
        'Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiIsImV4cCI6OTk5OTk5OTk5OX0.',
      ]),
    ],
    'a key of fourteen kilobytes': [
      rawRequest('POST /v1/points/charges', [auth, json, `Idempotency-Key: ${'k'.repeat(14_000)}`], '{"amount":5}'),
    ],
    'a cursor of nonsense': get('/v1/points/history?cursor=%00%ff%7B%22$gt%22%3A0%7D'),
    'a path of broken percents': get('/v1/holds/%E0%A4%A'),
    'a path with a zero byte': get('/v1/holds/%00'),
    'a way up': get('/docs/../../package.json'),
    'a way up, encoded': get('/v1/..%2f..%2fpackage.json'),
    'a method of its own': [rawRequest('PWN /v1/points', [auth])],
    'a trace': [rawRequest('TRACE /v1/points', [auth])],
    'a connect': [rawRequest('CONNECT frontrow.test:443')],
    'a version of its own': [Buffer.from('GET /v1/points HTTP/9.9\r\nHost: a\r\n\r\n')],
    'no host': [Buffer.from('GET /v1/points HTTP/1.1\r\n\r\n')],
    'a line break in a header': [Buffer.from('GET /v1/points HTTP/1.1\r\nHost: a\r\nX-A: b\nX-B\r\n\r\n')],
    'no HTTP at all': [Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03])],
  };
}

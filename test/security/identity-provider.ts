import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** An identity provider with a key set at an address, as far as Frontrow sees one. */
export interface IdentityProvider {
  url: string;
  issuer: string;
  /** A token of this provider for an audience, good for a minute unless the claims say otherwise. */
  sign(claims: JWTPayload): Promise<string>;
  /** Takes the key out of the key set and puts another one in; tokens are still signed with the old one. */
  withdrawKey(): Promise<void>;
  /** How often the key set was fetched. */
  fetched(): number;
  close(): void;
}

export const audience = 'frontrow';

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const pair = await generateKeyPair('RS256');
  const published = async (kid: string, { publicKey } = pair) => ({
    ...(await exportJWK(publicKey)),
    kid,
    alg: 'RS256',
  });
  let keys = [await published('one')];
  let fetched = 0;
  const server = createServer((_request, response) => {
    fetched += 1;
    response.setHeader('Connection', 'close');
    response.end(JSON.stringify({ keys }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${issuer}/keys`,
    issuer,
    sign: (claims) =>
      new SignJWT({ iss: issuer, aud: audience, exp: Math.floor(Date.now() / 1000) + 60, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'one', typ: 'JWT' })
        .sign(pair.privateKey),
    async withdrawKey() {
      keys = [await published('two', await generateKeyPair('RS256'))];
    },
    fetched: () => fetched,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

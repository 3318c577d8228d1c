// JSON Web Tokens made by hand, good ones and bad ones (RFC 7515, RFC 7519).
import { createHmac } from 'node:crypto';

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const hashes = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' };

// Signed as the header says; one that names no HMAC is signed with SHA-256 none the less, and `none` not at all.
export function sign(claims, key, header = { alg: 'HS256', typ: 'JWT' }) {
  const signed = `${encode(header)}.${encode(claims)}`;
  if (/^none$/i.test(header.alg)) return `${signed}.`;
  return `${signed}.${createHmac(hashes[header.alg] ?? 'sha256', key).update(signed).digest('base64url')}`;
}

export const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());

// The claims that the contract names, of a user as GET /api/user tells him, for an hour.
export function claimsFor(user, change = {}) {
  const now = Math.floor(Date.now() / 1000);
  return { sub: user.email, email: user.email, user_id: user.user_id, name: user.name, picture: user.picture,
    exp: now + 3600, ...change };
}

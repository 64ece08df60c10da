import { createHash, randomBytes } from 'node:crypto';

const cookiesOf = (jar: Map<string, string>) => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');

/** Signs somebody in at the hub's own pages, as a browser does, and answers whether a token came of it. */
export async function signIn(
  hub: string,
  loginName: string,
  password: string,
  first?: { oneTimePassword: string },
): Promise<boolean> {
  const jar = new Map<string, string>();
  /** Follows what the identity service answers; ends at a page of its own, or at the application with a code. */
  const go = async (address: string, form?: Record<string, string>): Promise<URL> => {
    const url = new URL(address, hub);
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { accept: 'text/html', cookie: cookiesOf(jar) },
      ...(form && { body: new URLSearchParams(form) }),
    });
    await response.arrayBuffer();
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    const location = response.headers.get('location');
    if (!location) return url;
    const next = new URL(location, url);
    return next.pathname.startsWith('/identity/') ? go(next.href) : next;
  };

  const verifier = randomBytes(32).toString('base64url');
  const application = { client_id: 'hub-explorer', redirect_uri: `${hub}/graphql` };
  const asked = new URLSearchParams({
    ...application,
    response_type: 'code',
    scope: 'openid profile',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const page = await go(`/identity/auth?${asked}`);
  let end = await go(`${page.href}/sign-in`, { loginName, password: first?.oneTimePassword ?? password });
  if (first) end = await go(`${page.href}/password`, { password, again: password });
  const code = end.searchParams.get('code');
  if (!code) return false;
  const body = new URLSearchParams({ ...application, grant_type: 'authorization_code', code, code_verifier: verifier });
  const tokens = await fetch(`${hub}/identity/token`, { method: 'POST', body });
  return 'access_token' in ((await tokens.json()) as object);
}

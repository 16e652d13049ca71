import { request } from 'node:http';

export type Sent = {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
};

/** A request as it stands, without a client that would mend it; the answer with its headers. */
export function plainRequest(
  baseUrl: string,
  pathAndQuery: string,
  { method = 'GET', body, headers = {} }: Sent = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(baseUrl);
    const sent = request({ host: '127.0.0.1', port, path: pathAndQuery, method, headers }, (response) => {
      let text = JSON.stringify([response.statusCode, response.rawHeaders]);
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve(text));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A token that nobody signed. */
export function unsigned(header: object, claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.${Buffer.from('no signature').toString('base64url')}`;
}

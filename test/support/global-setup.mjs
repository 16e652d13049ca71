import './typescript.mjs';

export default async function setup() {
  const { openServices } = await import('./services.ts');
  await openServices();
}

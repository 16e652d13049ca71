import './typescript.mjs';

export default async function teardown() {
  const { closeServices } = await import('./services.ts');
  await closeServices();
}

const { benchRead } = await import('./read.ts');
console.log(
  JSON.stringify(
    await benchRead({
      rounds: Number(process.argv[2] ?? 3),
      milliseconds: 2500,
      connections: Number(process.argv[3] ?? 16),
    }),
  ),
);

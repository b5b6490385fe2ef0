import { defineConfig } from 'prisma/config';

// Only `prisma generate` and `prisma migrate` read this; the app gets its database from src/config.ts.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  ...(process.env.DATABASE_URL ? { datasource: { url: process.env.DATABASE_URL } } : {}),
});

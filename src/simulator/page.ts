import { join } from 'node:path';
import { Router, static as files } from 'express';

/** The page to chat on: static files without a build and without outside resources. */
export function page(): Router {
  const router = Router();
  router.use((_, res, next) => {
    res.setHeader('content-security-policy', "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'");
    next();
  });
  router.use(files(join(import.meta.dirname, 'page')));
  return router;
}

/** Tests run the TypeScript sources through swc; imports keep their `.ts`. */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: "es6" } }] },
  transformIgnorePatterns: ['/node_modules/'],
  extensionsToTreatAsEsm: [".ts"],
  globalSetup: '<rootDir>/test/support/jest-start.ts',
  globalTeardown: '<rootDir>/test/support/jest-stop.ts',
  testTimeout: 120000,
};

import { inMemory, inPostgres } from './booking.house.ts';
import { paymentsContract } from './payments.contract.ts';

paymentsContract('PostgreSQL', inPostgres);
paymentsContract('memory', inMemory);

import { bookingContract } from './booking.contract.ts';
import { inMemory, inPostgres } from './booking.house.ts';

bookingContract('PostgreSQL', inPostgres);
bookingContract('memory', inMemory);

import express from 'express';

/** Express that does nothing: answers of the same size as the product's, made once. Run as a process: `PORT`. */
const seatMap = Buffer.alloc(5231, 'x');
const job = JSON.stringify({ id: 'job_01m823dmgx30n280vd21q6vrkq', kind: 'hold.place', padding: 'x'.repeat(340) });

const app = express();
app.disable('x-powered-by');
app.get('/seat-map', (_request, response) => void response.type('json').send(seatMap));
app.get('/job', (_request, response) => void response.type('json').send(job));
app.post('/command', (_request, response) => void response.status(202).type('json').send(job));
app.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));

import { createServer } from 'node:http';
import { route } from '../../demo/image-service/router.ts';
import { Service } from '../../demo/image-service/service.ts';
import { takeUpload } from './filesApi.ts';

/** The image service, and Google's Files API beside it, until a signal ends the process. */
const service = new Service();
service.filesPort = Number(process.env.IMAGE_SERVICE_PORT);
const server = createServer((request, response) => {
	void takeUpload(request, response).then((isTaken) => {
		if (!isTaken) return route(service, request, response);
	});
});
server.listen(service.filesPort, '127.0.0.1');

// The cable between a browser and a server: it can be cut, and joined again.
import net from 'node:net';

export class Cable {
  // `target` as "http://127.0.0.1:8080"; the cable has a `url` of its own.
  static async start(target) {
    const cable = new Cable(new URL(target));
    await new Promise((resolve, reject) => {
      cable.server.on('error', reject);
      cable.server.listen(0, '127.0.0.1', resolve);
    });
    cable.url = `http://127.0.0.1:${cable.server.address().port}`;
    return cable;
  }

  constructor(target) {
    this.sockets = new Set();
    this.isCut = false;
    this.server = net.createServer((near) => {
      if (this.isCut) return near.destroy();
      const far = net.connect(Number(target.port), target.hostname);
      for (const [socket, other] of [[near, far], [far, near]]) {
        this.sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => { this.sockets.delete(socket); other.destroy(); });
        socket.pipe(other);
      }
    });
  }

  cut() {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  join() { this.isCut = false; }

  stop() {
    this.cut();
    return new Promise((resolve) => this.server.close(resolve));
  }
}

"""A TCP proxy that holds back everything by half the round trip: delay.py ADDRESS PORT TARGET-PORT ROUND-TRIP-MS."""

import asyncio
import sys


async def pump(reader, writer, delay):
    """Copies with every piece delayed, and as many pieces under way as there are."""
    loop, queue = asyncio.get_running_loop(), asyncio.Queue(4096)

    async def deliver():
        while True:
            due, data = await queue.get()
            await asyncio.sleep(max(0, due - loop.time()))
            if data is None:
                break
            writer.write(data)
            await writer.drain()
        writer.close()

    delivery = asyncio.create_task(deliver())
    try:
        while data := await reader.read(1 << 16):
            await queue.put((loop.time() + delay, data))
    except ConnectionError:
        pass
    await queue.put((loop.time() + delay, None))
    try:
        await delivery
    except ConnectionError:
        pass


async def main(address, port, target, round_trip):
    half = round_trip / 2000

    async def serve(reader, writer):
        await asyncio.sleep(2 * half)  # the handshake's round trip
        onward = await asyncio.open_connection(address, target)
        await asyncio.gather(pump(reader, onward[1], half), pump(onward[0], writer, half))

    server = await asyncio.start_server(serve, address, port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    try:
        asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
    except KeyboardInterrupt:
        pass

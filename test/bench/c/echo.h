// Turns a client's WebSocket frames into the server's answers.
#pragma once
#include <stdint.h>
#include <string.h>

#define PAYLOAD_MAX 65535

/**
 * Answers every whole frame of in[0, length): `*used` bytes are done with, `*messages` grows by the messages in them.
 * Returns the bytes written, -1 to hang up.
 */
static long echo_frames(const uint8_t *in, size_t length, uint8_t *out, size_t *used, int *closing,
                        uint64_t *messages) {
  size_t at = 0, written = 0;
  while (length - at >= 6 && !*closing) {
    const uint8_t *head = in + at;
    size_t payload = head[1] & 127, head_bytes = 2;
    if (!(head[1] & 128) || payload == 127) return -1;
    if (payload == 126) {
      payload = (size_t)head[2] << 8 | head[3];
      head_bytes = 4;
    }
    if (length - at < head_bytes + 4 + payload) break;
    const uint8_t *key = head + head_bytes, *from = key + 4;
    at += head_bytes + 4 + payload;
    int opcode = head[0] & 15;
    if (opcode == 10) continue;
    *closing = opcode == 8;
    *messages += opcode < 8;
    uint8_t *to = out + written;
    to[0] = opcode == 9 ? 0x8a : head[0];
    to[1] = payload < 126 ? payload : 126;
    if (payload >= 126) memcpy(to + 2, head + 2, 2);
    to += head_bytes;
    uint32_t word;
    memcpy(&word, key, 4);
    size_t i = 0;
    for (; i + 4 <= payload; i += 4) {
      uint32_t masked;
      memcpy(&masked, from + i, 4);
      masked ^= word;
      memcpy(to + i, &masked, 4);
    }
    for (; i < payload; i++) to[i] = from[i] ^ key[i & 3];
    written += head_bytes + payload;
  }
  *used = at;
  return (long)written;
}

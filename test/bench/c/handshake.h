// The server's half of the WebSocket opening handshake: SHA-1 (RFC 3174) and base64 of it (RFC 6455 4.2.2).
#pragma once
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static uint32_t rotated(uint32_t word, int bits) { return (word << bits) | (word >> (32 - bits)); }

static void sha1_block(uint32_t state[5], const uint8_t block[64]) {
  uint32_t schedule[80];
  for (int i = 0; i < 16; i++) {
    const uint8_t *word = block + 4 * i;
    schedule[i] = (uint32_t)word[0] << 24 | (uint32_t)word[1] << 16 | (uint32_t)word[2] << 8 | word[3];
  }
  for (int i = 16; i < 80; i++) {
    schedule[i] = rotated(schedule[i - 3] ^ schedule[i - 8] ^ schedule[i - 14] ^ schedule[i - 16], 1);
  }
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
  for (int i = 0; i < 80; i++) {
    uint32_t mix = i < 20   ? ((b & c) | (~b & d)) + 0x5a827999u
                   : i < 40 ? (b ^ c ^ d) + 0x6ed9eba1u
                   : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdcu
                            : (b ^ c ^ d) + 0xca62c1d6u;
    uint32_t next = rotated(a, 5) + mix + e + schedule[i];
    e = d;
    d = c;
    c = rotated(b, 30);
    b = a;
    a = next;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
}

/** `accept` gets 28 characters and a NUL; the key has 24 characters. */
static void accept_key(const char *key, char *accept) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  // 24 + 36 bytes, 0x80, zeros, and 480 bits as the length: always two blocks.
  uint8_t message[128] = {0};
  memcpy(message, key, 24);
  memcpy(message + 24, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", 36);
  message[60] = 0x80;
  message[126] = 480 >> 8;
  message[127] = 480 & 255;
  uint32_t state[5] = {0x67452301u, 0xefcdab89u, 0x98badcfeu, 0x10325476u, 0xc3d2e1f0u};
  sha1_block(state, message);
  sha1_block(state, message + 64);
  uint8_t digest[21] = {0};
  for (int i = 0; i < 20; i++) digest[i] = state[i / 4] >> (24 - 8 * (i % 4));
  for (int i = 0; i < 7; i++) {
    uint32_t bits = digest[3 * i] << 16 | digest[3 * i + 1] << 8 | digest[3 * i + 2];
    for (int j = 0; j < 4; j++) accept[4 * i + j] = digits[bits >> (18 - 6 * j) & 63];
  }
  accept[27] = '=';
  accept[28] = 0;
}

/** The answer to an upgrade request of `request`, which ends with NUL; 0: it is none. */
static int upgrade_answer(const char *request, char *answer) {
  const char *key = strcasestr(request, "\r\nsec-websocket-key:");
  if (key == NULL) return 0;
  key += 20;
  while (*key == ' ') key++;
  if (strnlen(key, 24) < 24) return 0;
  char accept[29];
  accept_key(key, accept);
  return sprintf(answer,
                 "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                 "Sec-WebSocket-Accept: %s\r\n\r\n",
                 accept);
}

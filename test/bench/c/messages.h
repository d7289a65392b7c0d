// What the server emits by itself: messages that carry rtbench's mark, as WebSocket frames or as chunked events.
#pragma once
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "clock.h"

#define MARK_BYTES 24

static void mark_digits(char *target, int count, uint64_t value) {
  static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  for (int i = count - 1; i >= 0; i--) {
    target[i] = digits[value & 63];
    value >>= 6;
  }
}

/** ~ run(2) source(4) sequence(5) time(7, us) lag(5, us); `prefix` holds the first seven. */
static void put_mark(char *target, const char *prefix, uint64_t sequence) {
  memcpy(target, prefix, 7);
  mark_digits(target + 7, 5, sequence & 0x3fffffff);
  mark_digits(target + 12, 7, now_ns() / 1000 & 0x3ffffffffffull);
  mark_digits(target + 19, 5, 0);
}

/** Bytes written: an unmasked final text frame. */
static size_t put_frame(char *target, const char *prefix, uint64_t sequence) {
  target[0] = (char)0x81;
  target[1] = MARK_BYTES;
  put_mark(target + 2, prefix, sequence);
  return 2 + MARK_BYTES;
}

/** Bytes written: one event with an id, alone in its chunk. */
static size_t put_event(char *target, const char *prefix, uint64_t sequence) {
  char event[96];
  int length = sprintf(event, "id: %llu\ndata: ", (unsigned long long)sequence);
  put_mark(event + length, prefix, sequence);
  length += MARK_BYTES;
  event[length++] = '\n';
  event[length++] = '\n';
  int head = sprintf(target, "%x\r\n", length);
  memcpy(target + head, event, length);
  memcpy(target + head + length, "\r\n", 2);
  return head + length + 2;
}

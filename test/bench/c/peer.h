// One connection of the server: what it has received in part, what it could not send yet.
#pragma once
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum kind { HTTP, ECHO, FLOOD, EVENTS };

struct peer {
  int fd;
  enum kind kind;
  int closing, awaits_room, gone;
  uint64_t sequence;
  /** When its next event is due; 0: it gets none on a schedule. */
  uint64_t due;
  uint8_t *held, *queued;
  size_t held_bytes, queued_bytes;
  /** Delayed answers that still point here. */
  int answers;
  struct peer *next;
};

static int queue;

static void forget(struct peer *peer) {
  if (peer->gone && peer->answers == 0 && peer->due == 0) free(peer);
}

static void hang_up(struct peer *peer) {
  if (peer->gone) return;
  peer->gone = 1;
  close(peer->fd);
  free(peer->held);
  free(peer->queued);
}

static void watch(struct peer *peer, int op) {
  struct epoll_event event = {.events = EPOLLIN | (peer->awaits_room ? EPOLLOUT : 0), .data.ptr = peer};
  epoll_ctl(queue, op, peer->fd, &event);
}

static void await_room(struct peer *peer, int is) {
  if (peer->awaits_room == is) return;
  peer->awaits_room = is;
  watch(peer, EPOLL_CTL_MOD);
}

static void put(struct peer *peer, const uint8_t *bytes, size_t length) {
  ssize_t sent = peer->queued_bytes > 0 ? 0 : write(peer->fd, bytes, length);
  if (sent < 0 && errno != EAGAIN) {
    hang_up(peer);
    return;
  }
  size_t taken = sent < 0 ? 0 : (size_t)sent;
  if (taken == length) return;
  peer->queued = realloc(peer->queued, peer->queued_bytes + length - taken);
  memcpy(peer->queued + peer->queued_bytes, bytes + taken, length - taken);
  peer->queued_bytes += length - taken;
  await_room(peer, 1);
}

/** Sends what was queued; 1: all of it is gone. */
static int drain(struct peer *peer) {
  ssize_t sent = write(peer->fd, peer->queued, peer->queued_bytes);
  if (sent < 0 && errno != EAGAIN) hang_up(peer);
  if (sent <= 0 || peer->gone) return 0;
  peer->queued_bytes -= sent;
  memmove(peer->queued, peer->queued + sent, peer->queued_bytes);
  if (peer->queued_bytes > 0) return 0;
  await_room(peer, 0);
  return 1;
}

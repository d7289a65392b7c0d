// The physical reference of `npm run bench`: a WebSocket client on epoll, one thread, closed loop, that times every echo
// on its own. Once all connections are open it prints every 100 ms how many echoes there have been so far.
// Options: -p port, -c connections, -s payload bytes, -k messages in flight per connection.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include "clock.h"

#define OPENING_AT_ONCE 64
#define IN_FLIGHT_MAX 64
#define TICK_NS (100 * MS)

enum state { CONNECTING, UPGRADING, OPEN };

struct connection {
  int fd;
  enum state state;
  /** Bytes of an echo that has not come whole. */
  size_t part;
  /** A ring: an echo comes in the order of the sends. */
  uint64_t sent_at[IN_FLIGHT_MAX];
  unsigned oldest;
};

static int queue, port, connections = 100, payload = 32, in_flight = 1;
static int started, opened;
static struct connection *all;
static uint8_t input[1 << 18], frames[IN_FLIGHT_MAX * (8 + 65535)];
static size_t frame_bytes, echo_bytes;
static uint64_t echoes;
/** Round trips by their time: 64 buckets for every doubling of microseconds. */
static uint64_t histogram[64 * 64];

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void record(uint64_t ns) {
  uint64_t us = ns / 1000;
  int doublings = us < 64 ? 0 : 63 - __builtin_clzll(us) - 5;
  histogram[(uint64_t)doublings * 64 + (us >> doublings & 63)] += 1;
}

static void make_frames(void) {
  static const uint8_t key[4] = {0x1f, 0x8c, 0xe4, 0x53};
  size_t head = payload < 126 ? 6 : 8;
  frame_bytes = head + payload;
  echo_bytes = frame_bytes - 4;
  for (int i = 0; i < in_flight; i++) {
    uint8_t *frame = frames + i * frame_bytes;
    frame[0] = 0x81;
    frame[1] = 0x80 | (payload < 126 ? payload : 126);
    if (payload >= 126) frame[2] = payload >> 8, frame[3] = payload & 255;
    memcpy(frame + head - 4, key, 4);
    for (int at = 0; at < payload; at++) frame[head + at] = 'x' ^ key[at & 3];
  }
}

static void watch(int which, int op, uint32_t events) {
  struct epoll_event event = {.events = events, .data.u32 = which};
  epoll_ctl(queue, op, all[which].fd, &event);
}

static void start(int which) {
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (fd < 0) fail("socket");
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  connect(fd, (struct sockaddr *)&address, sizeof address);
  all[which].fd = fd;
  watch(which, EPOLL_CTL_ADD, EPOLLOUT);
}

static void send_frames(struct connection *connection, int count) {
  uint64_t now = now_ns();
  for (int i = 0; i < count; i++) {
    connection->sent_at[(connection->oldest + in_flight - count + i) % in_flight] = now;
  }
  if (write(connection->fd, frames, count * frame_bytes) != (ssize_t)(count * frame_bytes)) fail("write");
}

static void open_step(int which) {
  static const char request[] =
      "GET /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEC==\r\n\r\n";
  struct connection *connection = &all[which];
  if (connection->state == CONNECTING) {
    if (write(connection->fd, request, sizeof request - 1) < 0) fail("connect");
    connection->state = UPGRADING;
    watch(which, EPOLL_CTL_MOD, EPOLLIN);
    return;
  }
  ssize_t got = read(connection->fd, input, sizeof input);
  if (got < 12 || memcmp(input, "HTTP/1.1 101", 12) != 0) fail("upgrade");
  connection->state = OPEN;
  opened += 1;
  if (started < connections) start(started++);
}

static void receive(struct connection *connection) {
  ssize_t got = read(connection->fd, input, sizeof input);
  if (got <= 0) fail("read");
  uint64_t now = now_ns();
  int count = (connection->part + got) / echo_bytes;
  connection->part = (connection->part + got) % echo_bytes;
  for (int i = 0; i < count; i++) {
    record(now - connection->sent_at[connection->oldest]);
    connection->oldest = (connection->oldest + 1) % in_flight;
  }
  echoes += count;
  if (count > 0) send_frames(connection, count);
}

int main(int count, char **words) {
  for (int option; (option = getopt(count, words, "p:c:s:k:")) != -1;) {
    int number = atoi(optarg);
    if (option == 'p') port = number;
    else if (option == 'c') connections = number;
    else if (option == 's' && number <= 65535) payload = number;
    else if (option == 'k' && number <= IN_FLIGHT_MAX) in_flight = number;
    else return 2;
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  make_frames();
  queue = epoll_create1(0);
  all = calloc(connections, sizeof *all);
  while (started < connections && started < OPENING_AT_ONCE) start(started++);
  struct epoll_event events[512];
  while (opened < connections) {
    int ready = epoll_wait(queue, events, 512, 1000);
    for (int i = 0; i < ready; i++) open_step(events[i].data.u32);
  }
  for (int i = 0; i < connections; i++) send_frames(&all[i], in_flight);
  for (uint64_t tick = now_ns() + TICK_NS;;) {
    int ready = epoll_wait(queue, events, 512, 100);
    for (int i = 0; i < ready; i++) receive(&all[events[i].data.u32]);
    if (now_ns() < tick) continue;
    tick += TICK_NS;
    printf("%llu\n", (unsigned long long)echoes);
    fflush(stdout);
  }
}

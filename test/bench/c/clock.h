// CLOCK_MONOTONIC in nanoseconds.
#pragma once
#include <stdint.h>
#include <time.h>

#define MS 1000000ull
#define SECOND 1000000000ull

static uint64_t now_ns(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * SECOND + (uint64_t)time.tv_nsec;
}

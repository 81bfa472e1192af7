/*
 * Makes calls of PostgreSQL to its disk fail with EIO, as a dying disk does: loaded before its libraries (LD_PRELOAD). A call fails
 * once where a file of its name lies in FOLDER, which is removed by that, and always where one named "<call>-always" does.
 * Written without headers, so that a bare compiler is enough.
 */
extern int access(const char *, int);
extern int unlink(const char *);
extern int *__errno_location(void);
extern void *dlsym(void *, const char *);

#define NEXT ((void *)-1L)
#define EIO 5

static int fails(const char *once, const char *always)
{
	int before = *__errno_location();
	if (unlink(once) == 0 || access(always, 0) == 0) {
		*__errno_location() = EIO;
		return 1;
	}
	*__errno_location() = before;
	return 0;
}

#define FAILS(name) fails(FOLDER "/" name, FOLDER "/" name "-always")

int fdatasync(int fd)
{
	if (FAILS("fdatasync")) return -1;
	return ((int (*)(int))dlsym(NEXT, "fdatasync"))(fd);
}

int fsync(int fd)
{
	if (FAILS("fsync")) return -1;
	return ((int (*)(int))dlsym(NEXT, "fsync"))(fd);
}

long pwrite(int fd, const void *bytes, unsigned long size, long place)
{
	if (FAILS("pwrite")) return -1;
	return ((long (*)(int, const void *, unsigned long, long))dlsym(NEXT, "pwrite"))(fd, bytes, size, place);
}

long pwritev(int fd, const void *parts, int count, long place)
{
	if (FAILS("pwrite")) return -1;
	return ((long (*)(int, const void *, int, long))dlsym(NEXT, "pwritev"))(fd, parts, count, place);
}

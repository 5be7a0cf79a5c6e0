package io.github.camelonedrive.backup.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Dumps as all kinds of programs write them, one after the other. What comes when follows from the seed. */
final class HullWriters implements AutoCloseable {

    /** Of the watches. */
    static final long QUIET_MILLIS = 1000;

    /** Kinds of writers, to look for a fault. */
    private static final String ONLY = System.getProperty("hull.kinds", "");

    private static final List<String> TEMPORARY = List.of(".%s", "%s.part", "%s.tmp", "%s.partial", "%s.filepart",
            "%s.inprogress", "%s.crdownload", ".%s.swp", "%s~");

    private final Random random;
    private final HullUser user;
    private final Path staging;
    private final Path secret;
    private final HullWatch plain;
    private final HullWatch tree;
    private final HullWatch brief;
    private final HullWatch twins;
    private final HullWatch alike;
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(4);
    private final AtomicInteger open = new AtomicInteger();
    private final Queue<HullDump> dumps = new ConcurrentLinkedQueue<>();
    private final Queue<List<HullDump>> pairs = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final List<Kind> kinds;
    private int count;

    /**
     * @param staging for what is no business of the program
     * @param secret  what links lead to
     * @param watches plain, recursive, one that deletes, and two that share a folder
     */
    HullWriters(Random random, HullUser user, Path staging, Path secret, List<HullWatch> watches) {
        this.random = random;
        this.user = user;
        this.staging = staging;
        this.secret = secret;
        this.plain = watches.get(0);
        this.tree = watches.get(1);
        this.brief = watches.get(2);
        this.twins = watches.get(3);
        this.alike = watches.get(4);
        this.kinds = kinds();
    }

    List<HullDump> dumps() {
        return List.copyOf(dumps);
    }

    List<List<HullDump>> pairs() {
        return List.copyOf(pairs);
    }

    int count() {
        return count;
    }

    /** Whether nobody writes any more. Throws what went wrong with a writer. */
    boolean isIdle() {
        if (!failures.isEmpty()) {
            throw new AssertionError("A writer failed", failures.peek());
        }
        return open.get() == 0;
    }

    /** Another dump, or a pair, begins to appear. */
    void next() throws IOException {
        any(kinds).appear();
    }

    /** How programs write, as often as they are to be chosen. */
    private List<Kind> kinds() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put("renamed 22", () -> renamed(any(plain, tree, brief)));
        kinds.put("written 18", () -> written(any(plain, tree, brief)));
        kinds.put("temporary 12", () -> temporary(any(plain, tree, brief)));
        kinds.put("slow 10", () -> slow(any(plain, tree, brief), "slow", size(), 2 + random.nextInt(3)));
        kinds.put("late 5", () -> slow(any(plain, tree, brief), "filled late", 0, 3));
        kinds.put("unseen 6", () -> unseen(any(plain, tree)));
        kinds.put("empty 4", () -> empty(any(plain, tree, brief)));
        kinds.put("twins 6", this::twins);
        kinds.put("rewritten 6", () -> rewritten(any(plain, tree)));
        kinds.put("noisy 5", () -> noisy(any(plain, tree, brief)));
        kinds.put("linked 3", () -> linked(any(plain, tree, brief)));
        kinds.put("unreadable 3", () -> unreadable(any(plain, tree, brief)));
        List<Kind> often = new ArrayList<>();
        kinds.forEach((name, kind) -> {
            String[] parts = name.split(" ");
            if (ONLY.isEmpty() || List.of(ONLY.split(",")).contains(parts[0])) {
                often.addAll(Collections.nCopies(Integer.parseInt(parts[1]), kind));
            }
        });
        return often;
    }

    @FunctionalInterface
    private interface Kind {
        void appear() throws IOException;
    }

    private void renamed(HullWatch watch) throws IOException {
        HullDump dump = dump(watch, "renamed", HullDump.Fate.PROVEN);
        byte[] content = content(dump, size());
        later(0, () -> watch.use(() -> appear(dump, content)));
    }

    private void written(HullWatch watch) throws IOException {
        HullDump dump = dump(watch, "written", HullDump.Fate.PROVEN);
        byte[] content = content(dump, size());
        later(0, () -> watch.use(() -> Files.write(dump.file(), content)));
    }

    private void temporary(HullWatch watch) throws IOException {
        HullDump dump = dump(watch, "temporary name", HullDump.Fate.PROVEN);
        Path other = dump.file().resolveSibling(any(TEMPORARY).formatted(dump.file().getFileName()));
        byte[] content = content(dump, size());
        int half = content.length / 2;
        later(0, () -> watch.use(() -> Files.write(other, Arrays.copyOf(content, half))));
        later(2, () -> watch.use(() -> Files.write(other, Arrays.copyOfRange(content, half, content.length),
                StandardOpenOption.APPEND)));
        later(3.5, () -> watch.use(() -> Files.move(other, dump.file(), StandardCopyOption.ATOMIC_MOVE)));
    }

    /** A process of the program's user keeps it open for longer than the quiet period. @param first bytes at the beginning */
    private void slow(HullWatch watch, String kind, int first, int periods) throws IOException {
        HullDump dump = dump(watch, kind, HullDump.Fate.PROVEN);
        byte[] content = content(dump, first + size());
        Path begin = staging.resolve(count + ".begin");
        Path end = staging.resolve(count + ".end");
        later(0, () -> {
            Files.write(begin, Arrays.copyOf(content, first));
            Files.write(end, Arrays.copyOfRange(content, first, content.length));
            Process writer;
            watch.use.readLock().lock();
            try {
                writer = new ProcessBuilder(user.command("sh", "-c",
                        "exec 3>\"$1\"; echo open; cat \"$2\" >&3; sleep $4; cat \"$3\" >&3", "writer",
                        dump.file().toString(), begin.toString(), end.toString(),
                        Long.toString(periods * QUIET_MILLIS / 1000))).start();
                writer.getInputStream().read();
            } finally {
                watch.use.readLock().unlock();
            }
            int exit = writer.waitFor();
            if (exit != 0) {
                throw new IOException("The writer of " + dump + " ended with " + exit + ": "
                        + new String(writer.getErrorStream().readAllBytes()));
            }
        });
    }

    /** Another user, whose open files the program cannot see: what was taken too early is found out afterwards. */
    private void unseen(HullWatch watch) throws IOException {
        HullDump dump = dump(watch, "unseen writer", HullDump.Fate.PROVEN);
        byte[] content = content(dump, size() + size());
        int half = content.length / 2;
        FileChannel[] channel = new FileChannel[1];
        later(0, () -> watch.use(() -> {
            channel[0] = FileChannel.open(dump.file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel[0].write(ByteBuffer.wrap(content, 0, half));
        }));
        later(3 + random.nextInt(3), () -> {
            dump.renames = watch.renames();
            channel[0].write(ByteBuffer.wrap(content, half, content.length - half));
            channel[0].close();
        });
    }

    private void empty(HullWatch watch) throws IOException {
        HullDump dump = dump(watch, "empty", HullDump.Fate.LEFT);
        later(0, () -> watch.use(() -> Files.createFile(dump.file())));
    }

    private void twins() {
        String first = any("sales", "Crème", "two words") + " " + ++count + " Résumé.sql";
        HullWatch other = twins;
        String second;
        switch (random.nextInt(4)) {
            case 0 -> second = first.toUpperCase(Locale.ROOT);
            case 1 -> second = Normalizer.normalize(first, Normalizer.Form.NFD);
            case 2 -> {
                second = first;
                other = alike;
            }
            default -> {
                second = first.toLowerCase(Locale.ROOT);
                other = alike;
            }
        }
        HullDump one = new HullDump(twins, first, "twin", HullDump.Fate.TWIN);
        HullDump two = new HullDump(other, second, "twin", HullDump.Fate.TWIN);
        count++;
        dumps.addAll(List.of(one, two));
        pairs.add(List.of(one, two));
        double pause = random.nextInt(3) * 2;
        byte[] ones = content(one, size());
        byte[] twos = content(two, size());
        later(0, () -> one.watch.use(() -> appear(one, ones)));
        later(pause, () -> two.watch.use(() -> appear(two, twos)));
    }

    /** Somebody appends to it when it is put away. */
    private void rewritten(HullWatch watch) throws IOException {
        HullDump dump = dump(watch, "rewritten", HullDump.Fate.PROVEN);
        byte[] first = content(dump, size());
        byte[] more = bytes(1 + random.nextInt(1000));
        later(0, () -> watch.use(() -> appear(dump, first)));
        open.incrementAndGet();
        rewriteWhenDone(dump, first, more);
    }

    private void rewriteWhenDone(HullDump dump, byte[] first, byte[] more) {
        later(2, () -> dump.watch.use(() -> {
            Path done = dump.watch.done().resolve(dump.name);
            if (Files.notExists(done) || Files.exists(dump.file())) {
                rewriteWhenDone(dump, first, more);
                return;
            }
            dump.renames = dump.watch.renames();
            byte[] whole = Arrays.copyOf(first, first.length + more.length);
            System.arraycopy(more, 0, whole, first.length, more.length);
            Files.write(done, more, StandardOpenOption.APPEND);
            dump.complete(whole);
            open.decrementAndGet();
        }));
    }

    /** Its content stays, and everything around it changes. */
    private void noisy(HullWatch watch) throws IOException {
        HullDump dump = dump(watch, "noisy", HullDump.Fate.PROVEN);
        byte[] content = content(dump, size());
        later(0, () -> watch.use(() -> appear(dump, content)));
        Path link = staging.resolve("link " + count);
        later(0.8, () -> wherever(dump, file -> Files.setPosixFilePermissions(file,
                PosixFilePermissions.fromString("rw-rw-r--"))));
        later(1.5, () -> wherever(dump, file -> Files.createLink(link, file)));
        later(4, () -> wherever(dump, file -> Files.setLastModifiedTime(file, FileTime.from(Instant.now()))));
        later(6, () -> wherever(dump, file -> Files.setPosixFilePermissions(file,
                PosixFilePermissions.fromString("rw-r--r--"))));
    }

    /** A link takes its place while it waits. */
    private void linked(HullWatch watch) throws IOException {
        HullDump dump = dump(watch, "replaced by a link", HullDump.Fate.REPLACED);
        Path link = dump.file().resolveSibling("." + dump.file().getFileName());
        byte[] content = content(dump, size());
        later(0, () -> watch.use(() -> appear(dump, content)));
        later(0.5 + random.nextDouble(), () -> watch.use(() -> {
            Files.createSymbolicLink(link, secret);
            Files.move(link, dump.file(), StandardCopyOption.ATOMIC_MOVE);
        }));
    }

    private void unreadable(HullWatch watch) throws IOException {
        HullDump dump = dump(watch, "unreadable at first", HullDump.Fate.PROVEN);
        Path hidden = dump.file().resolveSibling("." + dump.file().getFileName());
        byte[] content = content(dump, size());
        later(0, () -> watch.use(() -> {
            Files.write(hidden, content);
            Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("---------"));
            Files.move(hidden, dump.file(), StandardCopyOption.ATOMIC_MOVE);
        }));
        later(4, () -> wherever(dump, file -> Files.setPosixFilePermissions(file,
                PosixFilePermissions.fromString("rw-r--r--"))));
    }

    // --- parts ---

    private HullDump dump(HullWatch watch, String kind, HullDump.Fate fate) throws IOException {
        String folder = watch == tree ? any(List.of("", "mysql/", "a b/", "Zürich größe/", "deep/er/and/deeper/")) : "";
        HullDump dump = new HullDump(watch, folder + any(SoakFiles.NAMES) + " " + ++count + ".sql", kind, fate);
        dump.renames = watch.renames();
        dumps.add(dump);
        watch.use(() -> makeFolders(watch.drop, dump.file().getParent()));
        return dump;
    }

    /** The program has to be able to move dumps away from there. */
    private static void makeFolders(Path drop, Path folder) throws IOException {
        for (Path path = Files.createDirectories(folder); !path.equals(drop); path = path.getParent()) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
    }

    private byte[] content(HullDump dump, int size) {
        byte[] content = bytes(size);
        dump.complete(content);
        return content;
    }

    private synchronized byte[] bytes(int size) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        return content;
    }

    /** Whole, at once. */
    private void appear(HullDump dump, byte[] content) throws IOException {
        Path hidden = Files.write(dump.file().resolveSibling("." + dump.file().getFileName() + ".part"), content);
        Files.move(hidden, dump.file(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether it waits or is put away; not if it is just being moved, or deleted. */
    private static void wherever(HullDump dump, FileAction action) throws IOException {
        dump.watch.use(() -> {
            for (Path file : List.of(dump.file(), dump.watch.done().resolve(dump.name))) {
                try {
                    action.apply(file);
                    return;
                } catch (NoSuchFileException e) {
                    // look at the other place
                }
            }
        });
    }

    @FunctionalInterface
    private interface FileAction {
        void apply(Path file) throws IOException;
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    /** @param periods quiet periods from now */
    private void later(double periods, Step step) {
        open.incrementAndGet();
        pool.schedule(() -> {
            try {
                step.run();
            } catch (IOException | RuntimeException e) {
                failures.add(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                open.decrementAndGet();
            }
        }, (long) (periods * QUIET_MILLIS), TimeUnit.MILLISECONDS);
    }

    private int size() {
        int kind = random.nextInt(100);
        int most = kind < 60 ? 2000 : kind < 85 ? Sizes.LIMIT : kind < 97 ? 4 * Sizes.CHUNK : 4 * 1024 * 1024;
        return 1 + random.nextInt(most);
    }

    @SafeVarargs
    private <T> T any(T... choices) {
        return any(List.of(choices));
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}

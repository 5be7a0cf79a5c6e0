package io.github.camelonedrive.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs as a user of its own beside a test that runs as root: {@code OtherUser DIRECTORY}. Prints what it was let do. */
final class OtherUser {

    private OtherUser() {
    }

    public static void main(String[] arguments) throws IOException {
        Path dir = Path.of(arguments[0]);
        print("root's private file", () -> OwnerOnlyFiles.read(dir.resolve("private"), 100));
        print("root's readable file", () -> OwnerOnlyFiles.read(dir.resolve("readable"), 100));
        print("root's readable secret", () -> OwnerOnlyFiles.readSecret(dir.resolve("readable"), 100));
        print("root's lock", () -> LockFile.tryAcquire(dir.resolve("readable")));
        print("root's link", () -> OwnerOnlyFiles.resolveLinks(dir.resolve("link/new")));
        print("own file", () -> OwnerOnlyFiles.writeNew(dir.resolve("theirs"), new byte[] {1}));
        print("own file again", () -> OwnerOnlyFiles.read(dir.resolve("theirs"), 100));
        print("own replacement", () -> OwnerOnlyFiles.replace(dir.resolve("theirs"), new byte[] {2}));
        print("own lock", () -> LockFile.tryAcquire(dir.resolve("their.lock")).orElseThrow().close());
        print("root's name replaced", () -> OwnerOnlyFiles.replace(dir.resolve("private"), new byte[] {3}));
        print("foreign home", () -> print("owner", OwnerOnlyFiles.foreignOwner(dir).isPresent()));
        Files.createSymbolicLink(dir.resolve("their-link"), dir.resolve("private"));
        print("is root", OwnerOnlyFiles.isRoot());
    }

    private interface Action {

        void run() throws IOException;
    }

    private static void print(String what, Object result) {
        System.out.println(what + ": " + result);
    }

    private static void print(String what, Action action) {
        try {
            action.run();
            print(what, (Object) "done");
        } catch (UnsafeFileException e) {
            print(what, (Object) e.problem());
        } catch (IOException e) {
            print(what, (Object) e.getClass().getSimpleName());
        }
    }
}

package io.github.camelonedrive.backup.catalogue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that appends to a catalogue until it is killed or cannot: it prints each file when that is recorded. */
final class CatalogueProcess {

    private CatalogueProcess() {
    }

    /**
     * @param recorded is written by the process
     * @param limit    of a file's size, in the shell's blocks of 512 or 1024 bytes, or {@code unlimited}
     */
    static Process start(Path directory, String prefix, Path recorded, String limit) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(List.of("sh", "-c", "ulimit -f \"$1\" && shift && exec \"$@\"", "sh", limit, java,
                "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                CatalogueProcess.class.getName(), directory.toString(), prefix))
                .redirectOutput(recorded.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    public static void main(String[] args) throws Exception {
        CatalogueFixture fixture = new CatalogueFixture();
        try (Catalogue catalogue = Catalogue.open(Path.of(args[0]), fixture)) {
            for (int i = 0;; i++) {
                String file = args[1] + i;
                try {
                    catalogue.append(fixture.proven(file));
                } catch (IOException e) {
                    System.out.println(catalogue.inDone("mysql", file).isPresent() ? "known" : "unknown");
                    return;
                }
                System.out.println(file);
            }
        }
    }
}

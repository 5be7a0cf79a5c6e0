package io.github.camelonedrive.backup.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.backup.console.Sizes;
import io.github.camelonedrive.backup.console.Table;
import io.github.camelonedrive.backup.runtime.CamelRuntime;
import io.github.camelonedrive.backup.runtime.OneDriveCalls;
import io.github.camelonedrive.component.EncryptedCredentialProcessor;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.graph.DriveItem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code list}: what folders of a destination's drive hold. */
@Command(name = "list", description = "Lists folders of a destination's drive.")
final class ListCommand extends BackupCommand {

    @Parameters(index = "0", paramLabel = "DESTINATION", description = "A destination of the vault.")
    private String destination;

    @Parameters(index = "1..*", paramLabel = "PATH",
                description = "Absolute from the drive's root. Without it: the destination's folder.")
    private List<String> paths = new ArrayList<>();

    @Option(names = {"-r", "--recursive"}, description = "Also what is in folders below.")
    private boolean recursive;

    @Override
    int run() throws Exception {
        Vault vault = vault();
        Destination target = vault.destination(destination);
        warnOfEnd(target);
        String home = target.folderPath();
        List<Map<String, Object>> folders = new ArrayList<>();
        EncryptedCredentialProcessor credentials = new EncryptedCredentialProcessor(vault);
        try (CamelRuntime camel = CamelRuntime.start(settings(), home(), credentials, event -> { }, List.of());
             OnStop stop = OnStop.run(camel::close)) {
            OneDriveCalls calls = new OneDriveCalls(camel, credentials);
            for (String path : paths.isEmpty() ? List.of(home) : paths) {
                String absolute = path.startsWith("/") ? path : "/" + path;
                List<DriveItem> items = calls.list(destination, absolute, recursive);
                show(absolute, items);
                folders.add(folder(absolute, items));
            }
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("destination", destination);
        result.put("folders", folders);
        console().printJson(result);
        return ExitCode.DONE;
    }

    private void show(String path, List<DriveItem> items) {
        if (paths.size() > 1) {
            console().print(path + ":");
        }
        Table table = new Table("NAME", ">SIZE", "MODIFIED", "QUICKXORHASH");
        for (DriveItem item : items) {
            table.row(name(path, item), item.folder() ? "" : Sizes.text(item.size()),
                    item.lastModified().map(Object::toString).orElse(""), item.quickXorHash().orElse(""));
        }
        if (items.isEmpty()) {
            console().print("(empty)");
        } else {
            console().print(table);
        }
    }

    // In a recursive listing, below which folder an item lies.
    private String name(String path, DriveItem item) {
        String name = item.folder() ? item.name() + "/" : item.name();
        if (!recursive || item.parentPath().isEmpty()) {
            return name;
        }
        String parent = item.parentPath().get();
        int root = parent.indexOf("root:");
        String below = root < 0 ? parent : parent.substring(root + "root:".length());
        String start = path.equals("/") ? "" : path.replaceAll("/+$", "");
        below = below.startsWith(start) ? below.substring(start.length()) : below;
        below = below.replaceAll("^/+", "");
        return below.isEmpty() ? name : below + "/" + name;
    }

    private static Map<String, Object> folder(String path, List<DriveItem> items) {
        Map<String, Object> folder = new LinkedHashMap<>();
        folder.put("path", path);
        folder.put("items", items.stream().map(ListCommand::data).toList());
        return folder;
    }

    private static Map<String, Object> data(DriveItem item) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", item.id());
        data.put("name", item.name());
        data.put("folder", item.folder());
        data.put("size", item.size());
        item.quickXorHash().ifPresent(hash -> data.put("quickXorHash", hash));
        item.lastModified().ifPresent(time -> data.put("lastModified", time.toString()));
        item.webUrl().ifPresent(url -> data.put("webUrl", url));
        item.parentPath().ifPresent(parent -> data.put("parentPath", parent));
        return data;
    }
}

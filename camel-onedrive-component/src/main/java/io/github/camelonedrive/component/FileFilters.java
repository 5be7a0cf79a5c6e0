package io.github.camelonedrive.component;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.util.AntPathMatcher;
import org.apache.camel.util.FileUtil;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.IllegalNameException;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.NameRules;

/**
 * Which files a consumer takes. What depends on the path alone is decided when the file is seen, and what does not fit is
 * forgotten; all else is asked at each poll, since the answer may change.
 */
final class FileFilters {

    private final OneDriveConsumerConfiguration options;
    private final Optional<DoneMarker> marker;
    private final Optional<Pattern> include;
    private final Optional<Pattern> exclude;
    private final List<String> antInclude;
    private final List<String> antExclude;
    private final Set<String> includeExt;
    private final Set<String> excludeExt;
    private final FileExpressions expressions;
    private final Optional<Expression> fileName;
    private final Optional<Predicate> filterFile;
    private final Optional<Predicate> filterDirectory;

    FileFilters(OneDriveConsumerConfiguration options, Optional<Expression> fileName, FileExpressions expressions,
                Optional<DoneMarker> marker) {
        this.options = options;
        this.marker = marker;
        this.include = pattern(options.getInclude());
        this.exclude = pattern(options.getExclude());
        this.antInclude = parts(options.getAntInclude());
        this.antExclude = parts(options.getAntExclude());
        this.includeExt = extensions(options.getIncludeExt());
        this.excludeExt = extensions(options.getExcludeExt());
        this.expressions = expressions;
        this.fileName = fileName;
        this.filterFile = expressions.predicate(options.getFilterFile());
        this.filterDirectory = expressions.predicate(options.getFilterDirectory());
    }

    private static Optional<Pattern> pattern(String regex) {
        return Optional.ofNullable(regex).map(text -> Pattern.compile(text, Pattern.CASE_INSENSITIVE));
    }

    private static List<String> parts(String list) {
        return list == null ? List.of() : Arrays.stream(list.split(",")).map(String::trim).filter(it -> !it.isEmpty()).toList();
    }

    private static Set<String> extensions(String list) {
        return parts(list).stream().map(extension -> extension.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    /** All that {@link #fits} depends on. */
    String description() {
        return String.join("|", List.of(String.valueOf(options.getInclude()), String.valueOf(options.getExclude()),
                String.valueOf(antInclude), String.valueOf(antExclude), String.valueOf(options.isAntFilterCaseSensitive()),
                String.valueOf(options.getIncludeExt()), String.valueOf(options.getExcludeExt()),
                String.valueOf(options.isIncludeHiddenFiles()), String.valueOf(options.getMinDepth()),
                marker.map(DoneMarker::template).orElse("null")));
    }

    /** By the path below the consumer's folder. Markers fit, whatever they are called, because they are looked for. */
    boolean fits(ItemPath path) {
        String name = path.name();
        if (marker.isPresent() && marker.get().isMarker(name)) {
            return true;
        }
        return (options.isIncludeHiddenFiles() || !name.startsWith("."))
                && path.segments().size() >= options.getMinDepth()
                && exclude.stream().noneMatch(pattern -> pattern.matcher(name).matches())
                && include.stream().allMatch(pattern -> pattern.matcher(name).matches())
                && fitsExtension(name) && fitsAnt(String.join("/", path.segments()));
    }

    private boolean fitsExtension(String name) {
        if (includeExt.isEmpty() && excludeExt.isEmpty()) {
            return true;
        }
        String extension = Optional.ofNullable(FileUtil.onlyExt(name)).orElse("").toLowerCase(Locale.ROOT);
        return !excludeExt.contains(extension) && (includeExt.isEmpty() || includeExt.contains(extension));
    }

    private boolean fitsAnt(String path) {
        boolean caseSensitive = options.isAntFilterCaseSensitive();
        return !matchesAny(antExclude, path, caseSensitive)
                && (antInclude.isEmpty() || matchesAny(antInclude, path, caseSensitive));
    }

    private static boolean matchesAny(List<String> patterns, String path, boolean caseSensitive) {
        return patterns.stream().anyMatch(pattern -> AntPathMatcher.INSTANCE.match(pattern, path, caseSensitive));
    }

    /** Whether a file is taken now, as far as its name has no say in it. */
    boolean isReady(OneDriveFile file, Instant now) {
        if (file.feedFile().seen().plusMillis(options.getReadLockMinAge()).isAfter(now)) {
            return false;
        }
        if (options.getFilter() != null && !options.getFilter().test(file)) {
            return false;
        }
        if (filterFile.isEmpty() && filterDirectory.isEmpty()) {
            return true;
        }
        return filterFile.stream().allMatch(it -> it.matches(expressions.about(file))) && areFoldersReady(file);
    }

    /**
     * Whether a file has the name that {@code fileName} gives.
     *
     * @param asking the exchange that asks for a file; null without one
     */
    boolean hasName(OneDriveFile file, Exchange asking) {
        return fileName.isEmpty() || file.getFileName().equals(
                FileExpressions.text(fileName.get(), asking == null ? expressions.about(file) : asking));
    }

    /**
     * Returns the path, below the consumer's folder, of the file that {@code fileName} asks for; empty without that option.
     *
     * @param  asking            the exchange that asks for a file; null without one
     * @param  folder            the consumer's
     * @throws OneDriveException if it is no name, or one that leads elsewhere
     */
    Optional<ItemPath> name(Exchange asking, ItemPath folder) throws OneDriveException {
        if (fileName.isEmpty()) {
            return Optional.empty();
        }
        String text = FileExpressions.text(fileName.get(), asking == null ? expressions.aboutNothing() : asking);
        if (text == null || text.isBlank()) {
            throw new IllegalRequestException("The option fileName gives no name: " + fileName.get() + ".",
                    "Set the header that it takes the name from.");
        }
        ItemPath path = ItemPath.parse(text.replace('\\', '/'));
        if (path.isRoot() || path.segments().contains("..")) {
            throw new IllegalNameException(text, folder);
        }
        NameRules.check(path);
        return Optional.of(path);
    }

    private boolean areFoldersReady(OneDriveFile file) {
        if (filterDirectory.isEmpty()) {
            return true;
        }
        List<String> folders = file.path().parent().segments();
        for (int depth = 1; depth <= folders.size(); depth++) {
            Exchange about = expressions.about(file);
            about.getMessage().setHeader(OneDriveConstants.FILE_NAME, String.join("/", folders.subList(0, depth)));
            about.getMessage().setHeader(OneDriveConstants.FILE_NAME_ONLY, folders.get(depth - 1));
            if (!filterDirectory.get().matches(about)) {
                return false;
            }
        }
        return true;
    }
}

package io.github.camelonedrive.component;

import java.util.Comparator;
import java.util.function.Predicate;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

import io.github.camelonedrive.feed.FeedRepository;

/** The options of the consumer, named as the file component names them. */
@UriParams
public class OneDriveConsumerConfiguration implements Cloneable {

    @UriParam(label = "consumer", defaultValue = "false",
              description = "Whether a file is deleted, into the drive's recycle bin, after it was processed. A newer "
                            + "version that came meanwhile stays.")
    private boolean delete;

    @UriParam(label = "consumer",
              description = "Where a file is moved after it was processed: a folder, below the one that the file is "
                            + "in, or from the drive's root with a leading slash; or an expression of the file language "
                            + "for the whole path, below folderPath or from the root. Folders that are missing are "
                            + "made; where the name is taken, a time stamp is put into it.")
    private String move;

    @UriParam(label = "consumer",
              description = "Where a file is moved whose exchange failed, as with move. It is not emitted again then.")
    private String moveFailed;

    @UriParam(label = "consumer",
              description = "Where a file is moved before it is processed, as with move. Of several consumers of one "
                            + "folder one alone succeeds, and processes the file. Takes delete or move as well.")
    private String preMove;

    @UriParam(label = "consumer", defaultValue = "false",
              description = "Whether files are left as they are, which is what happens anyway unless delete, move or "
                            + "preMove is set; with one of those it is refused.")
    private boolean noop;

    @UriParam(label = "consumer", defaultValue = "true",
              description = "Whether the body is the file, whose content is read from OneDrive when something reads "
                            + "it. Without it the body is the DriveItem that describes the file.")
    private boolean includeBody = true;

    @UriParam(label = "consumer",
              description = "The directory in which the consumer remembers which changes it has read and which files "
                            + "it has emitted, made when it is missing. Several consumers may share it. Without it they "
                            + "are remembered in memory, so that after a restart of the program all files that are "
                            + "still in the folder are emitted once more.")
    private String stateDirectory;

    @UriParam(label = "consumer,advanced",
              description = "A bean that remembers what stateDirectory would.")
    private FeedRepository stateRepository;

    @UriParam(label = "consumer,advanced", defaultValue = "false",
              description = "Whether the folder is made when it is missing.")
    private boolean autoCreate;

    @UriParam(label = "consumer,advanced", defaultValue = "false",
              description = "Whether it is a failure that the folder is missing, instead of the same as an empty one.")
    private boolean startingDirectoryMustExist;

    @UriParam(label = "consumer,advanced",
              description = "A local directory into which a file is downloaded, and verified, before the route gets "
                            + "it; the body then converts to java.io.File. It is deleted from there when the exchange is done.")
    private String localWorkDirectory;

    @UriParam(label = "consumer,advanced",
              description = "The files that are being processed, by item id. Kept in memory unless a bean is given, "
                            + "which several consumers may share.")
    private IdempotentRepository inProgressRepository;

    @UriParam(label = "consumer,advanced",
              description = "Told when a file could not be moved or deleted after it was processed. Without it that "
                            + "is logged as a warning. It is tried again with the next poll.")
    private ExceptionHandler onCompletionExceptionHandler;

    @UriParam(label = "consumer,filter",
              description = "Takes only files whose name matches this regular expression, without regard to case.")
    private String include;

    @UriParam(label = "consumer,filter",
              description = "Leaves out files whose name matches this regular expression, without regard to case.")
    private String exclude;

    @UriParam(label = "consumer,filter",
              description = "Takes only files whose path below folderPath matches one of these Ant-style patterns, "
                            + "separated by commas.")
    private String antInclude;

    @UriParam(label = "consumer,filter",
              description = "Leaves out files whose path below folderPath matches one of these Ant-style patterns, "
                            + "separated by commas; goes before antInclude.")
    private String antExclude;

    @UriParam(label = "consumer,filter", defaultValue = "true",
              description = "Whether Ant-style patterns regard case.")
    private boolean antFilterCaseSensitive = true;

    @UriParam(label = "consumer,filter",
              description = "Takes only files of these extensions, separated by commas, without regard to case. The "
                            + "extension is all that follows the first dot: tar.gz.")
    private String includeExt;

    @UriParam(label = "consumer,filter",
              description = "Leaves out files of these extensions, separated by commas, without regard to case.")
    private String excludeExt;

    @UriParam(label = "consumer,filter", defaultValue = "false",
              description = "Whether files whose name starts with a dot are taken.")
    private boolean includeHiddenFiles;

    @UriParam(label = "consumer,filter", defaultValue = "false",
              description = "Whether folders whose name starts with a dot are looked into.")
    private boolean includeHiddenDirs;

    @UriParam(label = "consumer,filter", defaultValue = "0",
              description = "How deep a file must be at least: 1 is right in the folder, 2 in one of its folders.")
    private int minDepth;

    @UriParam(label = "consumer,filter", defaultValue = "2147483647",
              description = "How deep a file may be at most, when recursive is set.")
    private int maxDepth = Integer.MAX_VALUE;

    @UriParam(label = "consumer,filter",
              description = "A bean that says whether a file is taken. One that is not is looked at again with the "
                            + "next poll.")
    private Predicate<OneDriveFile> filter;

    @UriParam(label = "consumer,filter",
              description = "Takes only files for which this predicate of the file language holds, such as "
                            + "${file:size} > 5000. One for which it does not is looked at again with the next poll.")
    private String filterFile;

    @UriParam(label = "consumer,filter",
              description = "Takes only files in folders for whose name this predicate of the file language holds, "
                            + "such as ${file:name} == ${date:now:yyyyMMdd}. It is not asked about folderPath itself.")
    private String filterDirectory;

    @UriParam(label = "consumer,filter", defaultValue = "1000",
              description = "How many files one poll emits at most; the others follow with the next. 0 or less for no "
                            + "limit, which keeps all of them in memory.")
    private int maxMessagesPerPoll = 1000;

    @UriParam(label = "consumer,filter", defaultValue = "true",
              description = "Whether a poll stops reading changes once it has enough files, before they are sorted. "
                            + "Without it all are read and sorted first, which keeps them in memory.")
    private boolean eagerMaxMessagesPerPoll = true;

    @UriParam(label = "consumer,filter", defaultValue = "true",
              description = "Whether each version of a file is emitted once. Without it a file that is neither "
                            + "deleted nor moved is emitted with each poll.")
    private boolean idempotent = true;

    @UriParam(label = "consumer,filter",
              description = "An expression of the file language: files for which it gives the same are emitted once. "
                            + "By default it is the file's id and version, so that each version is. ${file:name} emits "
                            + "a name once. Takes effect together with idempotentRepository, which is kept in memory "
                            + "unless given.")
    private String idempotentKey;

    @UriParam(label = "consumer,filter",
              description = "Remembers the idempotentKey of each file that was processed, besides what stateDirectory "
                            + "remembers. Several consumers may share it.")
    private IdempotentRepository idempotentRepository;

    @UriParam(label = "consumer,filter", defaultValue = "false",
              description = "Whether the idempotentKey is added before the file is processed, and removed when that "
                            + "fails, instead of after it. A crash in between then loses the file.")
    private boolean idempotentEager;

    @UriParam(label = "consumer,lock", defaultValue = "0", javaType = "java.time.Duration",
              description = "How long a version of a file must have been there, without a newer one, before it is "
                            + "taken. OneDrive shows no file before all of it is uploaded, so no other lock is needed; "
                            + "this is for programs that store a file several times in a row.")
    private long readLockMinAge;

    @UriParam(label = "consumer,sort",
              description = "Sorts the files of a poll by expressions of the file language, separated by semicolons, "
                            + "each with reverse: or ignoreCase: before it if wanted.")
    private String sortBy;

    @UriParam(label = "consumer,sort",
              description = "A bean that sorts the files of a poll.")
    private Comparator<OneDriveFile> sorter;

    @UriParam(label = "consumer,sort", defaultValue = "false",
              description = "Whether the files of a poll come in random order.")
    private boolean shuffle;

    /** A copy that can be changed on its own. */
    public OneDriveConsumerConfiguration copy() {
        try {
            return (OneDriveConsumerConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public boolean isDelete() {
        return delete;
    }

    public void setDelete(boolean delete) {
        this.delete = delete;
    }

    public String getMove() {
        return move;
    }

    public void setMove(String move) {
        this.move = move;
    }

    public String getMoveFailed() {
        return moveFailed;
    }

    public void setMoveFailed(String moveFailed) {
        this.moveFailed = moveFailed;
    }

    public String getPreMove() {
        return preMove;
    }

    public void setPreMove(String preMove) {
        this.preMove = preMove;
    }

    public boolean isNoop() {
        return noop;
    }

    public void setNoop(boolean noop) {
        this.noop = noop;
    }

    public boolean isIncludeBody() {
        return includeBody;
    }

    public void setIncludeBody(boolean includeBody) {
        this.includeBody = includeBody;
    }

    public String getStateDirectory() {
        return stateDirectory;
    }

    public void setStateDirectory(String stateDirectory) {
        this.stateDirectory = stateDirectory;
    }

    public FeedRepository getStateRepository() {
        return stateRepository;
    }

    public void setStateRepository(FeedRepository stateRepository) {
        this.stateRepository = stateRepository;
    }

    public boolean isAutoCreate() {
        return autoCreate;
    }

    public void setAutoCreate(boolean autoCreate) {
        this.autoCreate = autoCreate;
    }

    public boolean isStartingDirectoryMustExist() {
        return startingDirectoryMustExist;
    }

    public void setStartingDirectoryMustExist(boolean startingDirectoryMustExist) {
        this.startingDirectoryMustExist = startingDirectoryMustExist;
    }

    public String getLocalWorkDirectory() {
        return localWorkDirectory;
    }

    public void setLocalWorkDirectory(String localWorkDirectory) {
        this.localWorkDirectory = localWorkDirectory;
    }

    public IdempotentRepository getInProgressRepository() {
        return inProgressRepository;
    }

    public void setInProgressRepository(IdempotentRepository inProgressRepository) {
        this.inProgressRepository = inProgressRepository;
    }

    public ExceptionHandler getOnCompletionExceptionHandler() {
        return onCompletionExceptionHandler;
    }

    public void setOnCompletionExceptionHandler(ExceptionHandler onCompletionExceptionHandler) {
        this.onCompletionExceptionHandler = onCompletionExceptionHandler;
    }

    public String getInclude() {
        return include;
    }

    public void setInclude(String include) {
        this.include = include;
    }

    public String getExclude() {
        return exclude;
    }

    public void setExclude(String exclude) {
        this.exclude = exclude;
    }

    public String getAntInclude() {
        return antInclude;
    }

    public void setAntInclude(String antInclude) {
        this.antInclude = antInclude;
    }

    public String getAntExclude() {
        return antExclude;
    }

    public void setAntExclude(String antExclude) {
        this.antExclude = antExclude;
    }

    public boolean isAntFilterCaseSensitive() {
        return antFilterCaseSensitive;
    }

    public void setAntFilterCaseSensitive(boolean antFilterCaseSensitive) {
        this.antFilterCaseSensitive = antFilterCaseSensitive;
    }

    public String getIncludeExt() {
        return includeExt;
    }

    public void setIncludeExt(String includeExt) {
        this.includeExt = includeExt;
    }

    public String getExcludeExt() {
        return excludeExt;
    }

    public void setExcludeExt(String excludeExt) {
        this.excludeExt = excludeExt;
    }

    public boolean isIncludeHiddenFiles() {
        return includeHiddenFiles;
    }

    public void setIncludeHiddenFiles(boolean includeHiddenFiles) {
        this.includeHiddenFiles = includeHiddenFiles;
    }

    public boolean isIncludeHiddenDirs() {
        return includeHiddenDirs;
    }

    public void setIncludeHiddenDirs(boolean includeHiddenDirs) {
        this.includeHiddenDirs = includeHiddenDirs;
    }

    public int getMinDepth() {
        return minDepth;
    }

    public void setMinDepth(int minDepth) {
        this.minDepth = minDepth;
    }

    public int getMaxDepth() {
        return maxDepth;
    }

    public void setMaxDepth(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    public Predicate<OneDriveFile> getFilter() {
        return filter;
    }

    public void setFilter(Predicate<OneDriveFile> filter) {
        this.filter = filter;
    }

    public String getFilterFile() {
        return filterFile;
    }

    public void setFilterFile(String filterFile) {
        this.filterFile = filterFile;
    }

    public String getFilterDirectory() {
        return filterDirectory;
    }

    public void setFilterDirectory(String filterDirectory) {
        this.filterDirectory = filterDirectory;
    }

    public int getMaxMessagesPerPoll() {
        return maxMessagesPerPoll;
    }

    public void setMaxMessagesPerPoll(int maxMessagesPerPoll) {
        this.maxMessagesPerPoll = maxMessagesPerPoll;
    }

    public boolean isEagerMaxMessagesPerPoll() {
        return eagerMaxMessagesPerPoll;
    }

    public void setEagerMaxMessagesPerPoll(boolean eagerMaxMessagesPerPoll) {
        this.eagerMaxMessagesPerPoll = eagerMaxMessagesPerPoll;
    }

    public boolean isIdempotent() {
        return idempotent;
    }

    public void setIdempotent(boolean idempotent) {
        this.idempotent = idempotent;
    }

    public String getIdempotentKey() {
        return idempotentKey;
    }

    public void setIdempotentKey(String idempotentKey) {
        this.idempotentKey = idempotentKey;
    }

    public IdempotentRepository getIdempotentRepository() {
        return idempotentRepository;
    }

    public void setIdempotentRepository(IdempotentRepository idempotentRepository) {
        this.idempotentRepository = idempotentRepository;
    }

    public boolean isIdempotentEager() {
        return idempotentEager;
    }

    public void setIdempotentEager(boolean idempotentEager) {
        this.idempotentEager = idempotentEager;
    }

    public long getReadLockMinAge() {
        return readLockMinAge;
    }

    public void setReadLockMinAge(long readLockMinAge) {
        this.readLockMinAge = readLockMinAge;
    }

    public String getSortBy() {
        return sortBy;
    }

    public void setSortBy(String sortBy) {
        this.sortBy = sortBy;
    }

    public Comparator<OneDriveFile> getSorter() {
        return sorter;
    }

    public void setSorter(Comparator<OneDriveFile> sorter) {
        this.sorter = sorter;
    }

    public boolean isShuffle() {
        return shuffle;
    }

    public void setShuffle(boolean shuffle) {
        this.shuffle = shuffle;
    }
}

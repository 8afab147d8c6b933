package fr.interophub.transport.sftp;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.FileLock;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.security.Principal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.apache.sshd.sftp.common.extensions.openssh.FsyncExtensionParser;
import org.apache.sshd.sftp.common.extensions.openssh.LimitsExtensionParser;
import org.apache.sshd.sftp.common.extensions.openssh.PosixRenameExtensionParser;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpErrorStatusDataHandler;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemConfigurator;
import org.apache.sshd.sftp.server.SftpSubsystemEnvironment;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SFTP conversation with one OC, version 3 of the protocol: what every client speaks.
 *
 * <p>Of the extensions, only those a file exchange uses are answered: rename over an existing file, flush, limits. Copy,
 * hashes, hard links, disk space and the rest are unsupported.
 */
final class OcSubsystem extends SftpSubsystem {

    /** The extensions announced and answered, in the form SSHD's configuration wants. */
    static final String EXTENSIONS = String.join(
            ",",
            PosixRenameExtensionParser.NAME + "=1",
            FsyncExtensionParser.NAME + "=1",
            LimitsExtensionParser.NAME + "=1");

    private static final Set<String> ANSWERED =
            Set.of(PosixRenameExtensionParser.NAME, FsyncExtensionParser.NAME, LimitsExtensionParser.NAME);

    OcSubsystem(ChannelSession channel, SftpSubsystemConfigurator configurator) {
        super(channel, configurator);
        addSftpEventListener(new SftpEventListener() {
            @Override
            public void exiting(ServerSession session, Handle handle) {
                if (handle instanceof FileHandle file && file.getFileChannel() instanceof Depots.Depot depot) {
                    depot.abandon();
                }
            }
        });
    }

    @Override
    protected void executeExtendedCommand(Buffer buffer, int id, String extension) throws IOException {
        if (ANSWERED.contains(extension)) {
            super.executeExtendedCommand(buffer, id, extension);
        } else {
            doUnsupportedExtension(buffer, id, extension);
        }
    }

    /** The disk as SSHD asks for it; everything is decided by {@link OcFileSystemProvider}. */
    static final class Accessor implements SftpFileSystemAccessor {

        @Override
        public Path resolveLocalFilePath(SftpSubsystemProxy subsystem, Path rootDir, String remotePath) {
            return rootDir.resolve(rootDir.getFileSystem().getPath(remotePath));
        }

        @Override
        public SeekableByteChannel openFile(
                SftpSubsystemProxy subsystem,
                FileHandle fileHandle,
                Path file,
                String handle,
                Set<? extends OpenOption> options,
                FileAttribute<?>... attrs)
                throws IOException {
            var wanted = new HashSet<OpenOption>(options);
            if (fileHandle == null) {
                wanted.add(OcFileSystemProvider.Passage.WITHOUT_DEPOT);
            }
            return Files.newByteChannel(file, wanted);
        }

        @Override
        public void closeFile(
                SftpSubsystemProxy subsystem,
                FileHandle fileHandle,
                Path file,
                String handle,
                Channel channel,
                Set<? extends OpenOption> options)
                throws IOException {
            if (channel != null) {
                channel.close();
            }
        }

        @Override
        public void syncFileData(
                SftpSubsystemProxy subsystem, FileHandle fileHandle, Path file, String handle, Channel channel)
                throws IOException {
            if (channel instanceof Depots.Depot depot) {
                depot.sync();
            }
        }

        @Override
        public DirectoryStream<Path> openDirectory(
                SftpSubsystemProxy subsystem,
                DirectoryHandle dirHandle,
                Path dir,
                String handle,
                LinkOption... linkOptions)
                throws IOException {
            return Files.newDirectoryStream(dir);
        }

        @Override
        public FileLock tryLock(
                SftpSubsystemProxy subsystem,
                FileHandle fileHandle,
                Path file,
                String handle,
                Channel channel,
                long position,
                long size,
                boolean shared) {
            throw new UnsupportedOperationException("lock");
        }

        @Override
        public void createLink(SftpSubsystemProxy subsystem, Path link, Path existing, boolean symLink)
                throws IOException {
            throw new Refus(SftpConstants.SSH_FX_OP_UNSUPPORTED, "Les liens sont refusés");
        }

        @Override
        public String resolveLinkTarget(SftpSubsystemProxy subsystem, Path link) throws IOException {
            throw new Refus(SftpConstants.SSH_FX_OP_UNSUPPORTED, "Les liens sont refusés");
        }

        @Override
        public void copyFile(SftpSubsystemProxy subsystem, Path src, Path dst, Collection<CopyOption> opts) {
            throw new UnsupportedOperationException("copy");
        }

        // Owners, permissions and access lists are ours: wishes are heard and ignored.

        @Override
        public UserPrincipal resolveFileOwner(SftpSubsystemProxy subsystem, Path file, UserPrincipal name) {
            return name;
        }

        @Override
        public GroupPrincipal resolveGroupOwner(SftpSubsystemProxy subsystem, Path file, GroupPrincipal name) {
            return name;
        }

        @Override
        public void setFileOwner(SftpSubsystemProxy subsystem, Path file, Principal value, LinkOption... options)
                throws IOException {
            file.getFileSystem().provider().checkAccess(file);
        }

        @Override
        public void setGroupOwner(SftpSubsystemProxy subsystem, Path file, Principal value, LinkOption... options)
                throws IOException {
            file.getFileSystem().provider().checkAccess(file);
        }

        @Override
        public void setFilePermissions(
                SftpSubsystemProxy subsystem, Path file, Set<PosixFilePermission> perms, LinkOption... options)
                throws IOException {
            file.getFileSystem().provider().checkAccess(file);
        }

        @Override
        public void setFileAccessControl(
                SftpSubsystemProxy subsystem, Path file, List<AclEntry> acl, LinkOption... options) throws IOException {
            file.getFileSystem().provider().checkAccess(file);
        }
    }

    /** What goes wrong, as the OC is told: a status of version 3, a sentence in French, never a path of ours. */
    static final class Statuses implements SftpErrorStatusDataHandler {

        private static final Logger LOG = LoggerFactory.getLogger(OcSubsystem.class);

        @Override
        public int resolveSubStatus(SftpSubsystemEnvironment subsystem, int id, Throwable e, int cmd, Object... args) {
            if (e instanceof Refus refus) {
                return refus.status();
            }
            if (e instanceof EOFException) {
                return SftpConstants.SSH_FX_EOF;
            }
            if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
                return SftpConstants.SSH_FX_NO_SUCH_FILE;
            }
            if (e instanceof UnsupportedOperationException) {
                return SftpConstants.SSH_FX_OP_UNSUPPORTED;
            }
            if (e instanceof IOException
                    && !(e instanceof FileAlreadyExistsException
                            || e instanceof NotDirectoryException
                            || e instanceof SftpException)) {
                LOG.warn("commande SFTP {} en échec", SftpConstants.getCommandMessageName(cmd), e);
            }
            return SftpConstants.SSH_FX_FAILURE;
        }

        @Override
        public String resolveErrorMessage(
                SftpSubsystemEnvironment subsystem, int id, Throwable e, int subStatus, int cmd, Object... args) {
            if (e instanceof Refus refus) {
                return refus.getReason();
            }
            if (e instanceof FileAlreadyExistsException) {
                return "Ce nom existe déjà";
            }
            if (e instanceof NotDirectoryException) {
                return "Ce n'est pas un dossier";
            }
            return switch (subStatus) {
                case SftpConstants.SSH_FX_EOF -> "Fin de fichier";
                case SftpConstants.SSH_FX_NO_SUCH_FILE -> "Fichier introuvable";
                case SftpConstants.SSH_FX_OP_UNSUPPORTED -> "Opération non prise en charge";
                default -> "Échec";
            };
        }

        @Override
        public String resolveErrorLanguage(
                SftpSubsystemEnvironment subsystem, int id, Throwable e, int subStatus, int cmd, Object... args) {
            return "fr";
        }
    }
}

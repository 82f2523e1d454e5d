/// The unit file that runs an organisation's engine under systemd.

/// What `plutarc engine --unit` prints. **Source** <doc:SafetyRules#The-service-and-its-watchdog>.
public enum SystemdUnit {
    /// - Parameters:
    ///   - program: absolute path of this program.
    ///   - workspace: name of the organisation; its home is `/var/lib/plutarc/NAME`.
    ///   - user: account that owns the home and runs the engine.
    ///   - group: whose members may read the home and speak to the engine.
    public static func text(
        program: String, workspace: String, user: String = "plutarc",
        group: String = "plutarc-ops"
    ) -> String {
        """
        # /etc/systemd/system/plutarc-\(workspace).service
        # Once: useradd --system \(user); groupadd \(group); usermod -aG \(group) OPERATOR
        [Unit]
        Description=plutarc engine, workspace \(workspace)
        After=network-online.target time-sync.target
        Wants=network-online.target
        StartLimitIntervalSec=0

        [Service]
        Type=notify
        NotifyAccess=main
        ExecStart=\(program) engine run --home /var/lib/plutarc/\(workspace)
        User=\(user)
        Group=\(group)
        UMask=0027
        StateDirectory=plutarc/\(workspace)
        StateDirectoryMode=0750
        RuntimeDirectory=plutarc-\(workspace)
        # For sealed exchange keys, made with systemd-creds encrypt:
        # LoadCredentialEncrypted=master-key:/etc/plutarc/\(workspace).cred
        Environment=SWIFT_BACKTRACE=enable=no
        WatchdogSec=8
        Restart=always
        RestartSec=2
        TimeoutStopSec=15
        LimitCORE=0
        LimitNOFILE=4096
        MemoryMax=1G
        TasksMax=64
        OOMScoreAdjust=-500

        \(hardening)
        [Install]
        WantedBy=multi-user.target

        """
    }

    /// The same for every workspace. Not `PrivateUsers`: it would hide who connects to the socket.
    private static let hardening = """
        NoNewPrivileges=yes
        CapabilityBoundingSet=
        AmbientCapabilities=
        ProtectSystem=strict
        ProtectHome=yes
        PrivateTmp=yes
        PrivateDevices=yes
        ProtectClock=yes
        ProtectHostname=yes
        ProtectKernelLogs=yes
        ProtectKernelModules=yes
        ProtectKernelTunables=yes
        ProtectControlGroups=yes
        ProtectProc=invisible
        ProcSubset=all
        RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
        RestrictNamespaces=yes
        RestrictRealtime=yes
        RestrictSUIDSGID=yes
        LockPersonality=yes
        MemoryDenyWriteExecute=yes
        RemoveIPC=yes
        SystemCallArchitectures=native
        SystemCallFilter=@system-service
        SystemCallFilter=~@privileged @resources
        SystemCallErrorNumber=EPERM

        """
}

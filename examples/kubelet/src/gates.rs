//! Every feature gate of Kubernetes 1.36 with its history.
//!
//! The stages, defaults and locks are those of the list `versioned_feature_list.yaml` of
//! Kubernetes 1.36; what a gate requires follows `pkg/features/kube_features.go`, except that the
//! four gates `StaleControllerConsistency…` require one of client-go, which is not in the list. The
//! tombstones are gates that the lists of 1.32 to 1.35 still had, and two that were removed earlier.

#![expect(clippy::doc_markdown, reason = "the doc comments are help texts for a terminal")]

use featuregate::FeatureGate;

/// Feature gates of Kubernetes 1.36.
#[expect(clippy::duplicated_attributes, reason = "several gates were removed in one release")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, FeatureGate)]
#[feature_gate(
    version = "1.36",
    emulation,
    removed_gates = "refuse",
    env = "KUBELET_FEATURE_GATES"
)]
#[tombstone(APIListChunking, alpha = "1.8", beta = "1.9", ga = "1.29", removed = "1.33")]
#[tombstone(
    AdmissionWebhookMatchConditions,
    alpha = "1.27",
    beta = "1.28",
    ga = "1.30",
    removed = "1.33"
)]
#[tombstone(
    AggregatedDiscoveryEndpoint,
    alpha = "1.26",
    beta = "1.27",
    ga = "1.30",
    removed = "1.33"
)]
#[tombstone(
    AllowServiceLBStatusOnNonLB,
    ga(since = "1.0", locked = false),
    deprecated(since = "1.29", default = false),
    deprecated(since = "1.32", locked = true),
    removed = "1.35"
)]
#[tombstone(AppArmor, beta = "1.4", ga = "1.31", removed = "1.33")]
#[tombstone(AppArmorFields, beta = "1.30", ga = "1.31", removed = "1.33")]
#[tombstone(CPUManager, alpha = "1.8", beta = "1.10", ga = "1.26", removed = "1.33")]
#[tombstone(
    CSIMigrationPortworx,
    alpha = "1.23",
    beta(since = "1.25", default = false),
    beta = "1.31",
    ga = "1.33",
    removed = "1.36"
)]
#[tombstone(ComponentSLIs, alpha = "1.26", beta = "1.27", ga = "1.32", removed = "1.35")]
#[tombstone(CronJobsScheduledAnnotation, beta = "1.28", ga = "1.32", removed = "1.35")]
#[tombstone(DevicePluginCDIDevices, alpha = "1.28", beta = "1.29", ga = "1.31", removed = "1.34")]
#[tombstone(DisableCloudProviders, alpha = "1.22", beta = "1.29", ga = "1.31", removed = "1.33")]
#[tombstone(
    DisableKubeletCloudCredentialProviders,
    alpha = "1.23",
    beta = "1.29",
    ga = "1.31",
    removed = "1.33"
)]
#[tombstone(
    DynamicKubeletConfig,
    alpha = "1.4",
    beta = "1.11",
    deprecated(since = "1.22", default = false),
    removed = "1.26"
)]
#[tombstone(EfficientWatchResumption, alpha = "1.20", beta = "1.21", ga = "1.24", removed = "1.33")]
#[tombstone(ElasticIndexedJob, beta = "1.27", ga = "1.31", removed = "1.34")]
#[tombstone(HonorPVReclaimPolicy, alpha = "1.23", beta = "1.31", ga = "1.33", removed = "1.36")]
#[tombstone(
    InPlacePodVerticalScalingAllocatedStatus,
    alpha = "1.32",
    deprecated = "1.33",
    removed = "1.36"
)]
#[tombstone(InTreePluginPortworxUnregister, alpha = "1.23", removed = "1.36")]
#[tombstone(JobPodFailurePolicy, alpha = "1.25", beta = "1.26", ga = "1.31", removed = "1.33")]
#[tombstone(
    KubeProxyDrainingTerminatingNodes,
    alpha = "1.28",
    beta = "1.30",
    ga = "1.31",
    removed = "1.33"
)]
#[tombstone(
    KubeletCredentialProviders,
    alpha = "1.20",
    beta = "1.24",
    ga = "1.26",
    removed = "1.29"
)]
#[tombstone(
    LegacySidecarContainers,
    ga(since = "1.0", locked = false),
    deprecated(since = "1.33", default = false),
    removed = "1.34"
)]
#[tombstone(LoadBalancerIPMode, alpha = "1.29", beta = "1.30", ga = "1.32", removed = "1.35")]
#[tombstone(MemoryManager, alpha = "1.21", beta = "1.22", ga = "1.32", removed = "1.36")]
#[tombstone(
    PDBUnhealthyPodEvictionPolicy,
    alpha = "1.26",
    beta = "1.27",
    ga = "1.31",
    removed = "1.33"
)]
#[tombstone(
    PersistentVolumeLastPhaseTransitionTime,
    alpha = "1.28",
    beta = "1.29",
    ga = "1.31",
    removed = "1.33"
)]
#[tombstone(PodDisruptionConditions, alpha = "1.25", beta = "1.26", ga = "1.31", removed = "1.34")]
#[tombstone(PodIndexLabel, beta = "1.28", ga = "1.32", removed = "1.35")]
#[tombstone(ProbeHostPodSecurityStandards, ga = "1.34", removed = "1.35")]
#[tombstone(RemainingItemCount, alpha = "1.15", beta = "1.16", ga = "1.29", removed = "1.33")]
#[tombstone(
    ServiceTrafficDistribution,
    alpha = "1.30",
    beta = "1.31",
    ga = "1.33",
    removed = "1.36"
)]
#[tombstone(SizeMemoryBackedVolumes, alpha = "1.20", beta = "1.22", ga = "1.32", removed = "1.35")]
#[tombstone(StatefulSetAutoDeletePVC, alpha = "1.23", beta = "1.27", ga = "1.32", removed = "1.35")]
#[tombstone(StatefulSetStartOrdinal, alpha = "1.26", beta = "1.27", ga = "1.31", removed = "1.34")]
#[tombstone(
    StrictCostEnforcementForVAP,
    beta(since = "1.30", default = false),
    ga = "1.32",
    removed = "1.35"
)]
#[tombstone(
    StrictCostEnforcementForWebhooks,
    beta(since = "1.30", default = false),
    ga = "1.32",
    removed = "1.35"
)]
#[tombstone(
    StructuredAuthorizationConfiguration,
    alpha = "1.29",
    beta = "1.30",
    ga = "1.32",
    removed = "1.36"
)]
#[tombstone(
    TopologyAwareHints,
    alpha = "1.21",
    beta(since = "1.23", default = false),
    beta = "1.24",
    ga = "1.33",
    removed = "1.36"
)]
#[tombstone(UserNamespacesPodSecurityStandards, alpha = "1.29", removed = "1.35")]
#[tombstone(VolumeCapacityPriority, alpha = "1.21", removed = "1.33")]
#[tombstone(WatchBookmark, alpha = "1.15", beta = "1.16", ga = "1.17", removed = "1.33")]
#[tombstone(
    WatchFromStorageWithoutResourceVersion,
    beta(since = "1.27", default = false),
    deprecated(since = "1.33", locked = true),
    removed = "1.36"
)]
pub enum Feature {
    /// Compresses large API responses with gzip for clients that accept that encoding.
    #[gate(alpha = "1.8", beta = "1.16")]
    APIResponseCompression,

    /// Gives every API server of a cluster a `Lease` of its own under which others can find it.
    #[gate(alpha = "1.20", beta = "1.26")]
    APIServerIdentity,

    /// Lets the API server export OpenTelemetry spans for the requests that it handles.
    #[gate(alpha = "1.22", beta = "1.27", ga = "1.34")]
    APIServerTracing,

    /// Serves watch requests of the API server on separate goroutines to save memory.
    #[gate(alpha = "1.30")]
    APIServingWithRoutine,

    /// Stops serving the `v2beta1` format of aggregated API discovery and leaves `v2` alone.
    #[gate(
        ga(since = "1.0", default = false, locked = false),
        deprecated(since = "1.33", default = true),
        deprecated(since = "1.35", locked = true)
    )]
    AggregatedDiscoveryRemoveBetaType,

    /// Lets a kubelet request a serving certificate that carries DNS names but no IP address.
    #[gate(ga(since = "1.0", locked = false), deprecated(since = "1.31", default = false))]
    AllowDNSOnlyNodeCSR,

    /// Skips the admission check that a kubelet requests certificates for its own node name only.
    #[gate(ga(since = "1.0", locked = false), deprecated(since = "1.31", default = false))]
    AllowInsecureKubeletCertificateSigningRequests,

    /// Lets soft eviction go beyond the `terminationGracePeriodSeconds` that a pod asks for.
    #[gate(
        ga(since = "1.0", locked = false),
        deprecated(since = "1.32", default = false),
        deprecated(since = "1.35", locked = true)
    )]
    AllowOverwriteTerminationGracePeriodSeconds,

    /// Takes the UID of a user from the subject of the client certificate that was presented.
    #[gate(beta = "1.33")]
    AllowParsingUserUIDFromCertAuth,

    /// Keeps kube-proxy handling traffic for the deprecated `externalIPs` of a Service.
    #[gate(ga(since = "1.0", locked = false))]
    AllowServiceExternalIPs,

    /// Lets an administrator delete a stored object that can no longer be decrypted or decoded.
    #[gate(alpha = "1.32")]
    AllowUnsafeMalformedObjectDeletion,

    /// Limits anonymous access to a configured list of API server paths such as `/healthz`.
    #[gate(alpha = "1.31", beta = "1.32", ga = "1.34")]
    AnonymousAuthConfigurableEndpoints,

    /// Lets a PVC name any kind of custom resource in `dataSourceRef` to fill its new volume.
    #[gate(alpha = "1.18", beta = "1.24", ga = "1.33")]
    AnyVolumeDataSource,

    /// Holds each node to listing only the pods that are bound to it, by checking field selectors.
    #[gate(alpha = "1.31", beta = "1.32", ga = "1.34", requires(AuthorizeWithSelectors))]
    AuthorizeNodeWithSelectors,

    /// Asks for the `create` permission when exec, attach or port-forward starts over WebSocket.
    #[gate(beta = "1.35")]
    AuthorizePodWebsocketUpgradeCreatePermission,

    /// Passes the label and field selectors of a request on to the configured authorizers.
    #[gate(alpha = "1.31", beta = "1.32", ga = "1.34")]
    AuthorizeWithSelectors,

    /// Keeps the watch cache of the API server in a B-tree so that list requests run faster.
    #[gate(beta = "1.32", ga = "1.33")]
    BtreeWatchCache,

    /// Adds CBOR as an encoding in which custom resources are served and stored.
    #[gate(alpha = "1.32")]
    CBORServingAndStorage,

    /// Unlocks those options of the CPU manager's policies that are still of alpha quality.
    #[gate(alpha = "1.23")]
    CPUManagerPolicyAlphaOptions,

    /// Unlocks those options of the CPU manager's policies that have reached beta quality.
    #[gate(beta = "1.23")]
    CPUManagerPolicyBetaOptions,

    /// Accepts `cpuManagerPolicyOptions`, which tune how the static policy hands out CPUs.
    #[gate(alpha = "1.22", beta = "1.23", ga = "1.33")]
    CPUManagerPolicyOptions,

    /// Records in each condition of a CRD which generation of the object it was derived from.
    #[gate(beta(since = "1.35", default = false), beta = "1.36")]
    CRDObservedGenerationTracking,

    /// Accepts updates of a custom resource whose invalid fields were left as they had been.
    #[gate(alpha = "1.28", beta = "1.30", ga = "1.33")]
    CRDValidationRatcheting,

    /// Streams long lists of containers, pods and images from the runtime past gRPC's size limit.
    #[gate(alpha = "1.36")]
    CRIListStreaming,

    /// Passes service account tokens to CSI drivers as secrets, which keeps them out of logs.
    #[gate(beta = "1.35", ga = "1.36")]
    CSIServiceAccountTokenSecrets,

    /// Reports the health of CSI volumes through events on pods and through node metrics.
    #[gate(alpha = "1.21")]
    CSIVolumeHealth,

    /// Lets a restart of the kubelet reset the ready and started states of running containers.
    #[gate(ga(since = "1.0", locked = false), deprecated(since = "1.35", default = false))]
    ChangeContainerStatusOnKubeletRestart,

    /// Empties `status.nominatedNodeName` of a pod as soon as the pod has been bound to a node.
    #[gate(alpha = "1.34", beta = "1.35")]
    ClearingNominatedNodeNameAfterBinding,

    /// Reconciles cloud routes when nodes change and no longer at a short fixed interval.
    #[gate(alpha = "1.35")]
    CloudControllerManagerWatchBasedRoutesReconciliation,

    /// Lets the cloud controller manager serve admission webhooks of its cloud provider.
    #[gate(alpha = "1.27")]
    CloudControllerManagerWebhook,

    /// Adds `ClusterTrustBundle` objects, which hand out sets of X.509 trust anchors to workloads.
    #[gate(alpha = "1.27", beta(since = "1.33", default = false))]
    ClusterTrustBundle,

    /// Lets a projected volume mount the certificates of a `ClusterTrustBundle` as a file.
    #[gate(alpha = "1.29", beta(since = "1.33", default = false), requires(ClusterTrustBundle))]
    ClusterTrustBundleProjection,

    /// Adds a `/flagz` page to components that shows the command-line flags they run with.
    #[gate(alpha = "1.32", beta = "1.36")]
    ComponentFlagz,

    /// Adds a `/statusz` page to components that shows version, start time and uptime.
    #[gate(alpha = "1.32", beta = "1.36")]
    ComponentStatusz,

    /// Decodes the objects of a watch from etcd on several goroutines at the same time.
    #[gate(beta(since = "1.31", default = false))]
    ConcurrentWatchObjectDecode,

    /// Answers consistent list requests from the watch cache after checking that it is up to date.
    #[gate(alpha = "1.28", beta = "1.31", ga = "1.34")]
    ConsistentListFromCache,

    /// Limits what a user may do while impersonating another through narrower permissions.
    #[gate(alpha = "1.35", beta = "1.36")]
    ConstrainedImpersonation,

    /// Adds a kubelet endpoint that writes a checkpoint of a running container to disk.
    #[gate(alpha = "1.25", beta = "1.30")]
    ContainerCheckpoint,

    /// Lets each container set a restart policy of its own, with rules that look at exit codes.
    #[gate(alpha = "1.34", beta = "1.35")]
    ContainerRestartRules,

    /// Lets a container choose its stop signal with `lifecycle.stopSignal` in the pod spec.
    #[gate(alpha = "1.33")]
    ContainerStopSignals,

    /// Adds details such as the pod in question to log lines by passing loggers through contexts.
    #[gate(alpha = "1.24", beta = "1.30")]
    ContextualLogging,

    /// Lets the controller manager give up its leader lease on exit so that failover is quicker.
    #[gate(alpha = "1.36")]
    ControllerManagerReleaseLeaderElectionLockOnExit,

    /// Lets the control plane pick the best candidate as leader, such as the oldest version.
    #[gate(alpha = "1.31", beta(since = "1.33", default = false))]
    CoordinatedLeaderElection,

    /// Lets a PVC be filled from a source in another namespace if a `ReferenceGrant` permits it.
    #[gate(alpha = "1.26")]
    CrossNamespaceVolumeDataSource,

    /// Lets `cpuCFSQuotaPeriod` of the kubelet set the period over which CPU limits are enforced.
    #[gate(alpha = "1.12", ga(since = "1.36", locked = false))]
    CustomCPUCFSQuotaPeriod,

    /// Lets a CRD declare `selectableFields` by which its custom resources can be filtered.
    #[gate(alpha = "1.30", beta = "1.31", ga = "1.32")]
    CustomResourceFieldSelectors,

    /// Lets a claim from a privileged namespace reach devices in use, for example to monitor them.
    #[gate(alpha = "1.32", beta = "1.34", ga = "1.36", requires(DynamicResourceAllocation))]
    DRAAdminAccess,

    /// Lets several claims share one device by taking parts of the capacity that it advertises.
    #[gate(alpha = "1.34", beta = "1.36", requires(DynamicResourceAllocation))]
    DRAConsumableCapacity,

    /// Holds back the binding of a pod until its allocated devices report that they are ready.
    #[gate(
        alpha = "1.34",
        beta = "1.36",
        requires(DynamicResourceAllocation, DRAResourceClaimDeviceStatus)
    )]
    DRADeviceBindingConditions,

    /// Lets an administrator taint devices by selector through `DeviceTaintRule` objects.
    #[gate(alpha = "1.35", beta(since = "1.36", default = false), requires(DRADeviceTaints))]
    DRADeviceTaintRules,

    /// Lets drivers taint devices, so that pods without a matching toleration stay off or leave.
    #[gate(alpha = "1.33", beta = "1.36", requires(DynamicResourceAllocation))]
    DRADeviceTaints,

    /// Serves extended resource requests of a pod with devices that a DRA driver manages.
    #[gate(alpha = "1.34", beta = "1.36", requires(DynamicResourceAllocation))]
    DRAExtendedResource,

    /// Lets a device in a `ResourceSlice` publish several values for one attribute as a list.
    #[gate(alpha = "1.36", requires(DynamicResourceAllocation))]
    DRAListTypeAttributes,

    /// Counts CPU, memory and similar resources that DRA devices use in a node's accounting.
    #[gate(alpha = "1.36", requires(DynamicResourceAllocation))]
    DRANodeAllocatableResources,

    /// Lets a driver advertise overlapping partitions of a device that are carved out on demand.
    #[gate(alpha = "1.33", beta = "1.36", requires(DynamicResourceAllocation))]
    DRAPartitionableDevices,

    /// Lets a device request list alternatives in order of preference for the scheduler to try.
    #[gate(
        alpha = "1.33",
        beta = "1.34",
        ga(since = "1.36", locked = false),
        requires(DynamicResourceAllocation)
    )]
    DRAPrioritizedList,

    /// Lets a driver report the state of each allocated device in `status.devices` of its claim.
    #[gate(alpha = "1.32", beta = "1.33")]
    DRAResourceClaimDeviceStatus,

    /// Asks for finer permissions when someone changes certain status fields of a ResourceClaim.
    #[gate(beta = "1.36", requires(DRAResourceClaimDeviceStatus, DynamicResourceAllocation))]
    DRAResourceClaimGranularStatusAuthorization,

    /// Lets users ask through an API object how many devices of a resource pool are still free.
    #[gate(alpha = "1.36", requires(DynamicResourceAllocation))]
    DRAResourcePoolStatus,

    /// Puts a time limit on how long the scheduler searches for matching devices on a node.
    #[gate(beta = "1.34", requires(DynamicResourceAllocation))]
    DRASchedulerFilterTimeout,

    /// Lets a group of pods request devices together through claims that all its pods share.
    #[gate(alpha = "1.36", requires(DynamicResourceAllocation, GenericWorkload))]
    DRAWorkloadResourceClaims,

    /// Runs validation code that is generated from tags in the API types beside handwritten checks.
    #[gate(beta = "1.33", ga = "1.36")]
    DeclarativeValidation,

    /// Enforces the generated validation rules that are of beta quality; off, they only report.
    #[gate(beta = "1.36", requires(DeclarativeValidation))]
    DeclarativeValidationBeta,

    /// Makes the errors of generated validation replace those of the handwritten checks.
    #[gate(
        beta(since = "1.33", default = false),
        deprecated = "1.36",
        requires(DeclarativeValidation)
    )]
    DeclarativeValidationTakeover,

    /// Counts terminating pods in `status.terminatingReplicas` of Deployments and ReplicaSets.
    #[gate(alpha = "1.33", beta = "1.35")]
    DeploymentReplicaSetTerminatingReplicas,

    /// Compares the watch cache with etcd from time to time and stops using it if they differ.
    #[gate(beta = "1.34")]
    DetectCacheInconsistency,

    /// Stops writing Service cluster IPs to the old bitmap allocator next to the new IP objects.
    #[gate(
        alpha = "1.31",
        beta(since = "1.33", default = false),
        ga(since = "1.34", locked = false),
        ga = "1.35",
        requires(MultiCIDRServiceAllocator)
    )]
    DisableAllocatorDualWrite,

    /// Lifts the CFS quota from containers that own exclusive CPUs, so they are not throttled.
    #[gate(beta = "1.33", deprecated = "1.36")]
    DisableCPUQuotaWithExclusiveCPUs,

    /// Leaves `status.nodeInfo.kubeProxyVersion` of a Node empty, since it was never reliable.
    #[gate(
        alpha = "1.29",
        deprecated = "1.31",
        deprecated(since = "1.33", default = true),
        deprecated(since = "1.36", locked = true)
    )]
    DisableNodeKubeProxyVersion,

    /// Lets pods claim devices such as GPUs, which the scheduler picks from published pools.
    #[gate(
        alpha = "1.26",
        beta(since = "1.32", default = false),
        ga(since = "1.34", locked = false),
        ga = "1.35"
    )]
    DynamicResourceAllocation,

    /// Lets a container read environment variables from a file that an init container wrote.
    #[gate(alpha = "1.34", beta = "1.35")]
    EnvFiles,

    /// Lets the kubelet learn of container changes from runtime events and poll less often.
    #[gate(alpha = "1.26")]
    EventedPLEG,

    /// Makes the kubelet honour `timeoutSeconds` of exec probes instead of ignoring it.
    #[gate(ga(since = "1.20", locked = false), ga = "1.35")]
    ExecProbeTimeout,

    /// Passes exec, attach and port-forward WebSocket streams through to kubelets that support it.
    #[gate(beta = "1.36", requires(NodeDeclaredFeatures))]
    ExtendWebSocketsToKubelet,

    /// Lets the API server have service account tokens signed by an external process over gRPC.
    #[gate(alpha = "1.32", beta = "1.34", ga = "1.36")]
    ExternalServiceAccountTokenSigner,

    /// Schedules the pods of a group all together or not at all, as parallel jobs require.
    #[gate(alpha = "1.35", requires(GenericWorkload))]
    GangScheduling,

    /// Adds the `Workload` API, which tells the scheduler which pods belong together.
    #[gate(alpha = "1.35")]
    GenericWorkload,

    /// Keeps the old `gitRepo` volume working, which clones a repository on the node.
    #[gate(
        ga(since = "1.0", locked = false),
        deprecated(since = "1.33", default = false),
        deprecated(since = "1.36", locked = true)
    )]
    GitRepoVolumeDriver,

    /// Makes the kubelet notice that its node shuts down and end the pods in good order before.
    #[gate(alpha = "1.20", beta = "1.21")]
    GracefulNodeShutdown,

    /// Grants pods time to stop at node shutdown according to their priority class.
    #[gate(alpha = "1.23", beta = "1.24", requires(GracefulNodeShutdown))]
    GracefulNodeShutdownBasedOnPodPriority,

    /// Lets an autoscaler set its own tolerance below which it leaves the replicas unchanged.
    #[gate(alpha = "1.33", beta = "1.35")]
    HPAConfigurableTolerance,

    /// Lets an autoscaler take a workload down to zero pods on object or external metrics.
    #[gate(alpha = "1.16")]
    HPAScaleToZero,

    /// Lets `hostnameOverride` in a pod spec set the host name seen in the pod to any valid name.
    #[gate(alpha = "1.34", beta = "1.35")]
    HostnameOverride,

    /// Lets the kubelet delete images that have been unused for longer than `imageMaximumGCAge`.
    #[gate(alpha = "1.29", beta = "1.30", ga = "1.35")]
    ImageMaximumGCAge,

    /// Lets a pod mount the contents of an OCI image or artifact as a read-only volume.
    #[gate(alpha = "1.31", beta(since = "1.33", default = false), beta = "1.35", ga = "1.36")]
    ImageVolume,

    /// Reports in the pod status which image digest each image volume was mounted from.
    #[gate(alpha = "1.35", requires(ImageVolume))]
    ImageVolumeWithDigest,

    /// Resizes the resources that a pod requests as a whole without recreating the pod.
    #[gate(
        alpha = "1.35",
        beta = "1.36",
        requires(InPlacePodVerticalScaling, PodLevelResources, NodeDeclaredFeatures)
    )]
    InPlacePodLevelResourcesVerticalScaling,

    /// Changes the CPU and memory of running containers without recreating their pod.
    #[gate(alpha = "1.27", beta = "1.33", ga = "1.35")]
    InPlacePodVerticalScaling,

    /// Allows in-place resizing of containers that hold exclusive CPUs from the static policy.
    #[gate(alpha = "1.32", requires(InPlacePodVerticalScaling))]
    InPlacePodVerticalScalingExclusiveCPUs,

    /// Allows in-place resizing of containers whose memory the static memory policy has pinned.
    #[gate(alpha = "1.34", requires(InPlacePodVerticalScaling))]
    InPlacePodVerticalScalingExclusiveMemory,

    /// Allows in-place resizing of ordinary init containers and not just of sidecars.
    #[gate(beta = "1.36", requires(InPlacePodVerticalScaling, NodeDeclaredFeatures))]
    InPlacePodVerticalScalingInitContainers,

    /// Lets an indexed Job limit the retries of each index by itself with `backoffLimitPerIndex`.
    #[gate(alpha = "1.28", beta = "1.29", ga = "1.33")]
    JobBackoffLimitPerIndex,

    /// Lets `managedBy` hand a Job over to an external controller instead of the built-in one.
    #[gate(alpha = "1.30", beta = "1.32", ga = "1.35")]
    JobManagedBy,

    /// Lets a Job wait until a terminating pod has fully ended before it starts a replacement.
    #[gate(alpha = "1.28", beta = "1.29", ga = "1.34")]
    JobPodReplacementPolicy,

    /// Lets an indexed Job count as succeeded once a chosen set of its indexes has succeeded.
    #[gate(alpha = "1.30", beta = "1.31", ga = "1.33")]
    JobSuccessPolicy,

    /// Allows the obsolete version 1 of the KMS plugin API for encrypting stored secrets.
    #[gate(
        ga(since = "1.0", locked = false),
        deprecated = "1.28",
        deprecated(since = "1.29", default = false)
    )]
    KMSv1,

    /// Lets the kubelet ask the container runtime for the cgroup driver that both should use.
    #[gate(alpha = "1.28", beta = "1.31", ga = "1.34")]
    KubeletCgroupDriverFromCRI,

    /// Lets a node set the longest delay between restarts of a crashing container.
    #[gate(alpha = "1.32", beta = "1.35")]
    KubeletCrashLoopBackOffMax,

    /// Checks that a pod holds the credentials for a private image even if the node has it.
    #[gate(alpha = "1.33", beta = "1.35")]
    KubeletEnsureSecretPulledImages,

    /// Authorizes kubelet paths such as `/healthz` and `/pods` one by one, not as `nodes/proxy`.
    #[gate(alpha = "1.32", beta = "1.33", ga = "1.36")]
    KubeletFineGrainedAuthz,

    /// Lets the kubelet run inside a user namespace, which makes rootless nodes possible.
    #[gate(alpha = "1.22")]
    KubeletInUserNamespace,

    /// Reports pressure stall information of CPU, memory and I/O in the kubelet's statistics.
    #[gate(alpha = "1.33", beta = "1.34", ga = "1.36")]
    KubeletPSI,

    /// Lists devices that were claimed through DRA in the kubelet's pod resources API.
    #[gate(alpha = "1.27", beta = "1.34", ga = "1.36")]
    KubeletPodResourcesDynamicResources,

    /// Adds a `Get` call to the kubelet's pod resources API that asks about a single pod.
    #[gate(alpha = "1.27", beta = "1.34", ga = "1.36")]
    KubeletPodResourcesGet,

    /// Makes `List` of the pod resources API leave out pods that have already finished.
    #[gate(
        ga(since = "1.0", default = false, locked = false),
        deprecated(since = "1.34", default = true)
    )]
    KubeletPodResourcesListUseActivePods,

    /// Makes a registering kubelet look up its existing Node only after an `AlreadyExists` error.
    #[gate(ga(since = "1.0", locked = false), deprecated(since = "1.32", default = false))]
    KubeletRegistrationGetOnExistsOnly,

    /// Cleans up images and container layers correctly if they lie on separate filesystems.
    #[gate(alpha = "1.29", beta = "1.31")]
    KubeletSeparateDiskGC,

    /// Hands a token of the pod's service account to the plugins that get image pull credentials.
    #[gate(alpha = "1.33", beta = "1.34")]
    KubeletServiceAccountTokenForCredentialProviders,

    /// Lets the kubelet export OpenTelemetry spans, for example of its calls to the runtime.
    #[gate(alpha = "1.25", beta = "1.27", ga = "1.34")]
    KubeletTracing,

    /// Keeps snapshots of the watch cache so that it can serve lists at earlier versions.
    #[gate(alpha = "1.33", beta = "1.34")]
    ListFromCacheSnapshot,

    /// Measures ephemeral storage of pods with filesystem quotas where the node supports them.
    #[gate(alpha = "1.15", beta(since = "1.31", default = false))]
    LocalStorageCapacityIsolationFSQuotaMonitoring,

    /// Buckets pod ages logarithmically on scale-down, so that not just the newest pods go.
    #[gate(alpha = "1.21", beta = "1.22", ga = "1.31")]
    LogarithmicScaleDown,

    /// Permits those options of the logging configuration that are still of alpha quality.
    #[gate(alpha = "1.24")]
    LoggingAlphaOptions,

    /// Permits those options of the logging configuration that have reached beta quality.
    #[gate(beta = "1.24")]
    LoggingBetaOptions,

    /// Loads admission webhooks and policies from files that the API server reads at startup.
    #[gate(alpha = "1.36")]
    ManifestBasedAdmissionControlConfig,

    /// Adds `matchLabelKeys` and `mismatchLabelKeys` to the terms of pod affinity.
    #[gate(alpha = "1.29", beta = "1.31", ga = "1.33")]
    MatchLabelKeysInPodAffinity,

    /// Lets spread constraints count only pods with equal values of given labels.
    #[gate(alpha = "1.25", beta = "1.27")]
    MatchLabelKeysInPodTopologySpread,

    /// Merges `matchLabelKeys` of spread constraints into the label selector when a pod is made.
    #[gate(beta = "1.34", requires(MatchLabelKeysInPodTopologySpread))]
    MatchLabelKeysInPodTopologySpreadSelectorMerge,

    /// Lets a rolling update of a StatefulSet take down several pods with `maxUnavailable`.
    #[gate(alpha = "1.24", beta(since = "1.35", default = false))]
    MaxUnavailableStatefulSet,

    /// Protects and throttles the memory of containers with the controls of cgroup v2.
    #[gate(alpha = "1.22")]
    MemoryQoS,

    /// Lets an administrator add IP ranges for Services at run time as `ServiceCIDR` objects.
    #[gate(
        alpha = "1.27",
        beta(since = "1.31", default = false),
        ga(since = "1.33", locked = false),
        ga = "1.34"
    )]
    MultiCIDRServiceAllocator,

    /// Lets the number of volumes that fit on a node be updated while the node is running.
    #[gate(alpha = "1.33", beta(since = "1.34", default = false), beta = "1.35", ga = "1.36")]
    MutableCSINodeAllocatableCount,

    /// Lets the `nodeAffinity` of a PersistentVolume be changed after it has been created.
    #[gate(alpha = "1.35")]
    MutablePVNodeAffinity,

    /// Lets the resource requests and limits in the pod template of a suspended Job be changed.
    #[gate(alpha = "1.35", beta = "1.36")]
    MutablePodResourcesForSuspendedJobs,

    /// Lets the scheduling rules of a suspended Job be changed even if it has already run before.
    #[gate(alpha = "1.35", beta = "1.36")]
    MutableSchedulingDirectivesForSuspendedJobs,

    /// Changes objects at admission by CEL expressions, with no webhook to be run for it.
    #[gate(
        alpha = "1.32",
        beta(since = "1.34", default = false),
        ga(since = "1.36", locked = false)
    )]
    MutatingAdmissionPolicy,

    /// Lets kube-proxy program Services with nftables by means of its `nftables` mode.
    #[gate(alpha = "1.29", beta = "1.31", ga = "1.33")]
    NFTablesProxyMode,

    /// Exposes histogram metrics as Prometheus native histograms next to the classic ones.
    #[gate(alpha = "1.36")]
    NativeHistograms,

    /// Lets nodes declare the features they support, which the scheduler takes into account.
    #[gate(alpha = "1.35", beta = "1.36")]
    NodeDeclaredFeatures,

    /// Lets spread constraints choose whether node affinity and taints decide which nodes count.
    #[gate(alpha = "1.25", beta = "1.26", ga = "1.33")]
    NodeInclusionPolicyInPodTopologySpread,

    /// Lets administrators read logs of node services through an endpoint of the kubelet.
    #[gate(alpha = "1.27", beta(since = "1.30", default = false), ga = "1.36")]
    NodeLogQuery,

    /// Lets the kubelet run on nodes with swap and lets Burstable pods use a share of it.
    #[gate(alpha = "1.22", beta(since = "1.28", default = false), beta = "1.30", ga = "1.34")]
    NodeSwap,

    /// Shows the node that a pod is expected to get in `nominatedNodeName` before it is bound.
    #[gate(alpha = "1.34", beta = "1.35")]
    NominatedNodeNameForExpectation,

    /// Lists the permitted values of enumerated fields in the published OpenAPI schemas.
    #[gate(alpha = "1.23", beta = "1.24")]
    OpenAPIEnums,

    /// Lets the scheduler reuse its results for pods that are equivalent to the previous one.
    #[gate(beta = "1.35")]
    OpportunisticBatching,

    /// Deletes the pods of a terminating namespace before any of its other resources.
    #[gate(beta(since = "1.30", default = false), beta = "1.33", ga = "1.34")]
    OrderedNamespaceDeletion,

    /// Lets the kubelet ask for a fresh list of containers without waiting for the next round.
    #[gate(beta = "1.36")]
    PLEGOnDemandRelist,

    /// Notes on a PersistentVolumeClaim since when no running pod has been using it.
    #[gate(alpha = "1.36")]
    PersistentVolumeClaimUnusedSinceTime,

    /// Takes statistics of pods and containers from the container runtime and not from cAdvisor.
    #[gate(alpha = "1.23")]
    PodAndContainerStatsFromCRI,

    /// Lets pods obtain X.509 certificates through `PodCertificateRequest` and projected volumes.
    #[gate(
        alpha = "1.34",
        beta(since = "1.35", default = false),
        requires(AuthorizeNodeWithSelectors)
    )]
    PodCertificateRequest,

    /// Honours the `pod-deletion-cost` annotation, by which a ReplicaSet picks the pods to remove.
    #[gate(alpha = "1.21", beta = "1.22")]
    PodDeletionCost,

    /// Lets the kubelet's CPU, memory and topology managers align a pod by its pod-level requests.
    #[gate(alpha = "1.36", requires(PodLevelResources))]
    PodLevelResourceManagers,

    /// Lets CPU and memory be requested and limited for a pod as a whole in `spec.resources`.
    #[gate(alpha = "1.32", beta = "1.34")]
    PodLevelResources,

    /// Adds a `sleep` action to lifecycle hooks that pauses without a binary in the image.
    #[gate(alpha = "1.29", beta = "1.30", ga = "1.34")]
    PodLifecycleSleepAction,

    /// Accepts a duration of zero seconds for the `sleep` action of lifecycle hooks.
    #[gate(alpha = "1.32", beta = "1.33", ga = "1.34", requires(PodLifecycleSleepAction))]
    PodLifecycleSleepActionAllowZero,

    /// Lets a client ask for only the standard output or only the standard error of a container.
    #[gate(alpha = "1.32")]
    PodLogsQuerySplitStreams,

    /// Reports in `status.observedGeneration` which version of the pod spec the status reflects.
    #[gate(alpha = "1.33", beta = "1.34", ga = "1.35")]
    PodObservedGenerationTracking,

    /// Sets a pod condition once the sandbox and the network of the pod are ready.
    #[gate(alpha = "1.28", beta = "1.29")]
    PodReadyToStartContainersCondition,

    /// Keeps a pod out of scheduling until all entries of `schedulingGates` are removed.
    #[gate(alpha = "1.26", beta = "1.27", ga = "1.30")]
    PodSchedulingReadiness,

    /// Copies topology labels such as zone and region from a node to the pods bound to it.
    #[gate(alpha = "1.33", beta = "1.35")]
    PodTopologyLabelsAdmission,

    /// Adds a local gRPC service to the kubelet from which clients read the pods of the node.
    #[gate(alpha = "1.36")]
    PodsAPI,

    /// Lets port forwarding run over WebSocket instead of the outdated SPDY protocol.
    #[gate(alpha = "1.30", beta = "1.31")]
    PortForwardWebsockets,

    /// Adds `PreferSameZone` and `PreferSameNode` to the traffic distribution of a Service.
    #[gate(alpha = "1.33", beta = "1.34", ga = "1.35")]
    PreferSameTrafficDistribution,

    /// Rejects static pods that refer to other API objects such as Secrets or ConfigMaps.
    #[gate(beta = "1.34")]
    PreventStaticPodAPIReferences,

    /// Lets a container with a user namespace ask for an unmasked `/proc` through `procMount`.
    #[gate(
        alpha = "1.12",
        beta(since = "1.31", default = false),
        beta = "1.33",
        ga = "1.36",
        requires(UserNamespacesSupport)
    )]
    ProcMountType,

    /// Keeps pods of lower QoS classes from using memory that higher classes have requested.
    #[gate(alpha = "1.11")]
    QOSReserved,

    /// Lets a user retry a failed volume expansion with a smaller size in the PVC.
    #[gate(alpha = "1.23", beta = "1.32", ga = "1.34")]
    RecoverVolumeExpansionFailure,

    /// Lets a volume mount be read-only together with every mount that lies below it.
    #[gate(alpha = "1.30", beta = "1.31", ga = "1.33")]
    RecursiveReadOnlyMounts,

    /// Shortens the first and the longest delay between restarts of a crashing container.
    #[gate(alpha = "1.33")]
    ReduceDefaultCrashLoopBackOffDecay,

    /// Permits underscores and a single dot in the DNS search domains of a pod.
    #[gate(alpha = "1.32", beta = "1.33", ga = "1.34")]
    RelaxedDNSSearchValidation,

    /// Permits almost every printable ASCII character in the names of environment variables.
    #[gate(alpha = "1.30", beta = "1.32", ga = "1.34")]
    RelaxedEnvironmentVariableValidation,

    /// Permits names of Services that begin with a digit, as other DNS labels may.
    #[gate(alpha = "1.34", beta = "1.36")]
    RelaxedServiceNameValidation,

    /// Lets the kubelet pick up a changed client CA file without being restarted.
    #[gate(beta = "1.36")]
    ReloadKubeletClientCAFile,

    /// Lets the kubelet pick up a renewed serving certificate file without being restarted.
    #[gate(beta = "1.31")]
    ReloadKubeletServerCertificateFile,

    /// Lets an authenticating proxy pass the UID of the user in a request header.
    #[gate(alpha = "1.32", beta = "1.33")]
    RemoteRequestHeaderUID,

    /// Turns requests away early while the watch cache loads, to spare etcd from overload.
    #[gate(beta = "1.31", ga = "1.34")]
    ResilientWatchCacheInitialization,

    /// Reports the health of a container's devices in `allocatedResourcesStatus` of the pod.
    #[gate(alpha = "1.31", beta = "1.36", requires(DynamicResourceAllocation))]
    ResourceHealthStatus,

    /// Adds a readable message to the health that is reported for the devices of a pod.
    #[gate(beta = "1.36", requires(ResourceHealthStatus))]
    ResourceHealthStatusMessage,

    /// Lets a restart rule start all containers of a pod anew in place when one of them exits.
    #[gate(alpha = "1.35", beta = "1.36", requires(ContainerRestartRules, NodeDeclaredFeatures))]
    RestartAllContainersOnContainerExits,

    /// Retries a create request with `generateName` if the generated name is already taken.
    #[gate(alpha = "1.30", beta = "1.31", ga = "1.32")]
    RetryGenerateName,

    /// Lets the kubelet request and renew its serving certificate through the certificates API.
    #[gate(alpha = "1.7", beta = "1.12")]
    RotateKubeletServerCertificate,

    /// Pulls images per runtime class, so that runtimes on one node can hold different ones.
    #[gate(alpha = "1.29")]
    RuntimeClassInImageCriApi,

    /// Lets `seLinuxChangePolicy` in a pod choose how its volumes get their SELinux label.
    #[gate(alpha = "1.32", beta = "1.33", ga = "1.36")]
    SELinuxChangePolicy,

    /// Labels volumes of any access mode for SELinux by a mount option, with no slow relabelling.
    #[gate(alpha = "1.30", beta(since = "1.33", default = false))]
    SELinuxMount,

    /// Labels `ReadWriteOncePod` volumes for SELinux by a mount option instead of file by file.
    #[gate(alpha = "1.25", beta(since = "1.27", default = false), beta = "1.28", ga = "1.36")]
    SELinuxMountReadWriteOncePod,

    /// Lets the scheduler send its API calls in the background while it places further pods.
    #[gate(beta(since = "1.34", default = false))]
    SchedulerAsyncAPICalls,

    /// Lets the scheduler delete victims of a preemption in the background and carry on.
    #[gate(alpha = "1.32", beta = "1.33")]
    SchedulerAsyncPreemption,

    /// Lets the scheduler try pods in backoff early when no other pods are waiting.
    #[gate(beta = "1.33")]
    SchedulerPopFromBackoffQ,

    /// Puts unschedulable pods back in the queue only on events that may make them fit.
    #[gate(beta(since = "1.28", default = false), beta = "1.32", ga = "1.34")]
    SchedulerQueueingHints,

    /// Gives the watch cache an etcd stream of its own, apart from the other watches.
    #[gate(
        beta = "1.28",
        deprecated(since = "1.33", default = false),
        deprecated(since = "1.36", locked = true)
    )]
    SeparateCacheWatchRPC,

    /// Runs eviction by `NoExecute` taints as a controller of its own that can be turned off.
    #[gate(beta = "1.29", ga = "1.34")]
    SeparateTaintEvictionController,

    /// Limits the audiences for which a kubelet may request tokens to those its pods need.
    #[gate(beta(since = "1.32", default = false), beta = "1.33")]
    ServiceAccountNodeAudienceRestriction,

    /// Puts a unique identifier into each service account token and into the audit log.
    #[gate(alpha = "1.29", beta = "1.30", ga = "1.32")]
    ServiceAccountTokenJTI,

    /// Lets service account tokens be bound to a Node, so that they end along with it.
    #[gate(
        alpha = "1.29",
        beta = "1.31",
        ga = "1.33",
        requires(ServiceAccountTokenNodeBindingValidation)
    )]
    ServiceAccountTokenNodeBinding,

    /// Rejects tokens bound to a Node if that Node no longer exists.
    #[gate(alpha = "1.29", beta = "1.30", ga = "1.32")]
    ServiceAccountTokenNodeBindingValidation,

    /// Embeds the name and UID of a pod's node in the service account token of the pod.
    #[gate(alpha = "1.29", beta = "1.30", ga = "1.32")]
    ServiceAccountTokenPodNodeInfo,

    /// Ignores status changes in ordinary writes to a ServiceCIDR, as other APIs do.
    #[gate(
        ga(since = "1.0", default = false, locked = false),
        deprecated(since = "1.36", default = true)
    )]
    ServiceCIDRStatusFieldWiping,

    /// Lets a client list and watch only the share of objects in a given hash range.
    #[gate(alpha = "1.36")]
    ShardedListAndWatch,

    /// Lets init containers with `restartPolicy: Always` run as sidecars for the life of a pod.
    #[gate(alpha = "1.28", beta = "1.29", ga = "1.33")]
    SidecarContainers,

    /// Estimates the cost of a list request for fair queuing by the size of the objects.
    #[gate(beta = "1.34")]
    SizeBasedListCostEstimate,

    /// Keeps the DaemonSet controller from acting before its cache has seen its own writes.
    #[gate(beta = "1.36")]
    StaleControllerConsistencyDaemonSet,

    /// Keeps the Job controller from acting before its cache has seen its own writes.
    #[gate(beta = "1.36")]
    StaleControllerConsistencyJob,

    /// Keeps the ReplicaSet controller from acting before its cache has seen its own writes.
    #[gate(beta = "1.36")]
    StaleControllerConsistencyReplicaSet,

    /// Keeps the StatefulSet controller from acting before its cache has seen its own writes.
    #[gate(beta = "1.36")]
    StaleControllerConsistencyStatefulSet,

    /// Spares StatefulSets a needless rollout if revisions differ in form but not in meaning.
    #[gate(beta = "1.0")]
    StatefulSetSemanticRevisionComparison,

    /// Scores nodes by their free storage capacity when a volume is provisioned dynamically.
    #[gate(alpha = "1.33")]
    StorageCapacityScoring,

    /// Indexes the watch cache by namespace to speed up lists within one namespace.
    #[gate(beta = "1.30", deprecated = "1.33")]
    StorageNamespaceIndex,

    /// Publishes in which version each API server stores a resource through an API of its own.
    #[gate(alpha = "1.20", requires(APIServerIdentity))]
    StorageVersionAPI,

    /// Publishes a hash of the storage version of every resource in API discovery.
    #[gate(alpha = "1.14", beta = "1.15")]
    StorageVersionHash,

    /// Rewrites stored objects in the current storage version with a built-in controller.
    #[gate(alpha = "1.30", beta(since = "1.35", default = false))]
    StorageVersionMigrator,

    /// Encodes JSON lists item by item, which lowers the memory peak of the API server.
    #[gate(beta = "1.33", ga = "1.34")]
    StreamingCollectionEncodingToJSON,

    /// Encodes Protobuf lists item by item, which lowers the memory peak of the API server.
    #[gate(beta = "1.33", ga = "1.34")]
    StreamingCollectionEncodingToProtobuf,

    /// Rejects ambiguous IP addresses and CIDRs, such as those with leading zeros, in new objects.
    #[gate(alpha = "1.33", beta = "1.36")]
    StrictIPCIDRValidation,

    /// Lets the API server take JWT authenticators from a configuration file instead of flags.
    #[gate(alpha = "1.29", beta = "1.30", ga = "1.34")]
    StructuredAuthenticationConfiguration,

    /// Lets each JWT authenticator choose the egress by which it reaches its identity provider.
    #[gate(beta = "1.34", requires(StructuredAuthenticationConfiguration))]
    StructuredAuthenticationConfigurationEgressSelector,

    /// Adds metrics about the key sets that JWT authenticators fetch from identity providers.
    #[gate(beta = "1.35", requires(StructuredAuthenticationConfiguration))]
    StructuredAuthenticationConfigurationJWKSMetrics,

    /// Lets a pod choose whether groups from `/etc/group` of the image are added to its own.
    #[gate(alpha = "1.31", beta = "1.33", ga = "1.35")]
    SupplementalGroupsPolicy,

    /// Lets systemd watch over the kubelet and restart it when its health checks fail.
    #[gate(beta = "1.32", ga = "1.35")]
    SystemdWatchdog,

    /// Adds the numeric operators `Gt` and `Lt` to the tolerations of a pod.
    #[gate(alpha = "1.35")]
    TaintTolerationComparisonOperators,

    /// Rejects token requests whose UID does not match that of the named service account.
    #[gate(beta = "1.34")]
    TokenRequestServiceAccountUIDValidation,

    /// Lets the scheduler place a group of pods close together in one topology domain.
    #[gate(alpha = "1.36", requires(GenericWorkload))]
    TopologyAwareWorkloadScheduling,

    /// Unlocks those options of the topology manager's policies that are of alpha quality.
    #[gate(alpha = "1.26")]
    TopologyManagerPolicyAlphaOptions,

    /// Unlocks those options of the topology manager's policies that have reached beta quality.
    #[gate(beta(since = "1.26", default = false), beta = "1.28")]
    TopologyManagerPolicyBetaOptions,

    /// Accepts `topologyManagerPolicyOptions`, which tune how resources are aligned to NUMA nodes.
    #[gate(alpha = "1.26", beta = "1.28", ga = "1.32")]
    TopologyManagerPolicyOptions,

    /// Lets exec, attach and cp run over WebSocket, which the API server translates for kubelets.
    #[gate(alpha = "1.29", beta = "1.30")]
    TranslateStreamCloseWebsocketRequests,

    /// Closes HTTP/2 connections of clients without credentials early to fend off floods.
    #[gate(beta(since = "1.25", default = false), beta = "1.29")]
    UnauthenticatedHTTP2DOSMitigation,

    /// Proxies requests for unknown resources to an API server of the cluster that has them.
    #[gate(alpha = "1.28", beta = "1.36", requires(APIServerIdentity))]
    UnknownVersionInteroperabilityProxy,

    /// Lets a pod combine the network of its host with a user namespace of its own.
    #[gate(alpha = "1.35", requires(NodeDeclaredFeatures, UserNamespacesSupport))]
    UserNamespacesHostNetworkSupport,

    /// Lets a pod run in a user namespace of its own with `hostUsers: false`.
    #[gate(alpha = "1.25", beta(since = "1.30", default = false), beta = "1.33", ga = "1.36")]
    UserNamespacesSupport,

    /// Lets a PVC change volume attributes such as IOPS by choosing a `VolumeAttributesClass`.
    #[gate(
        alpha = "1.29",
        beta(since = "1.31", default = false),
        ga(since = "1.34", locked = false),
        ga = "1.36"
    )]
    VolumeAttributesClass,

    /// Takes the volume limits of CSI drivers into account while a cluster autoscaler adds nodes.
    #[gate(alpha = "1.35")]
    VolumeLimitScaling,

    /// Makes readiness of the API server wait for a while until its watch caches are filled.
    #[gate(beta(since = "1.31", default = false), beta = "1.36")]
    WatchCacheInitializationPostStartHook,

    /// Lets clients receive the initial list of objects as a stream within a watch request.
    #[gate(alpha = "1.27", beta = "1.32", beta(since = "1.33", default = false), beta = "1.34")]
    WatchList,

    /// Lets kube-proxy on Windows use direct server return for its load balancers.
    #[gate(alpha = "1.14", beta = "1.33", ga = "1.34")]
    WinDSR,

    /// Lets kube-proxy on Windows work with overlay networks between the nodes.
    #[gate(alpha = "1.14", beta = "1.20", ga = "1.34")]
    WinOverlay,

    /// Lets the kubelet on Windows pin containers to CPUs and memory of given NUMA nodes.
    #[gate(alpha = "1.32")]
    WindowsCPUAndMemoryAffinity,

    /// Lets the kubelet on Windows notice a shutdown of the node and end pods in good order.
    #[gate(alpha = "1.32", beta = "1.34", requires(GracefulNodeShutdown))]
    WindowsGracefulNodeShutdown,

    /// Lets Windows pods join the network namespace of their host instead of one of their own.
    #[gate(alpha = "1.26", deprecated = "1.33")]
    WindowsHostNetwork,

    /// Lets the scheduler choose victims for a whole group of pods instead of pod by pod.
    #[gate(alpha = "1.36", requires(GangScheduling))]
    WorkloadAwarePreemption,

    /// Lets the Job controller create the `Workload` and pod group objects for a Job by itself.
    #[gate(alpha = "1.36", requires(GenericWorkload))]
    WorkloadWithJob,
}

#[cfg(test)]
featuregate::golden_manifest!(Feature);

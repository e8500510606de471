"""What the attributes of a resource look like, before AWS has made it.

One row a (kind, attribute): the key of the document that configures it, and the shape of its text. A shape is written
as a template: literal text, `<other>` for another attribute of the same resource, and `<region>`, `<account>` and the
like for what `HOLES` says. A resource's ARN is normalized: a log group's never ends in `:*`, whatever the format says.

Source: the ARN formats of the service authorization reference (cfn-lint's `Policies.json`), the naming rules of each
service's API.
"""

from __future__ import annotations

HOLES = {
    "partition": "aws|aws-cn|aws-us-gov|aws-iso|aws-iso-b|aws-iso-e|aws-iso-f|aws-eusc",
    "region": "[a-z]+(-[a-z]+)+-\\d",
    "account": "\\d{12}",
    "suffix": "amazonaws\\.(com(\\.cn)?|eu)|c2s\\.ic\\.gov|sc2s\\.sgov\\.gov|cloud\\.adc-e\\.uk|csp\\.hci\\.ic\\.gov",
    "id": "[0-9a-f]+",
    "random6": "[A-Za-z0-9]{6}",
    "hex16": "[0-9a-f]{16}",
    "word": "[A-Za-z0-9_-]+",
    "host": "[A-Za-z0-9.-]+",
}

NAME = "[A-Za-z0-9_-]+"
PATH_NAME = "[A-Za-z0-9/_+=.@!-]+"

ATTRIBUTES: dict[str, dict[str, tuple[str, str]]] = {
    # kind: {attribute: (key of the document or "", shape template or expression)}
    "Bucket": {
        "name": ("bucketName", "[a-z0-9.-]+"),
        "arn": ("", "arn:<partition>:s3:::<name>"),
        "domain": ("", "<name>.s3.<suffix>"),
        "regionalDomain": ("", "<name>.s3.<region>.<suffix>"),
    },
    "Repository": {
        "name": ("repositoryName", "[a-z0-9]([a-z0-9/._-]*[a-z0-9])?"),
        "arn": ("", "arn:<partition>:ecr:<region>:<account>:repository/<name>"),
        "url": ("", "<account>.dkr.ecr.<region>.<suffix>/<name>"),
        "registry": ("", "<account>"),
    },
    "Secret": {
        "name": ("name", PATH_NAME),
        "arn": ("", "arn:<partition>:secretsmanager:<region>:<account>:secret:<name>-<random6>"),
    },
    "Parameter": {
        "name": ("name", "[A-Za-z0-9_.\\-/]+"),
        "arn": ("", "arn:<partition>:ssm:<region>:<account>:parameter/<path>"),
        "path": ("", "[A-Za-z0-9_.-][A-Za-z0-9_.\\-/]*"),
    },
    "LogGroup": {
        "name": ("logGroupName", "[A-Za-z0-9_/.#-]+"),
        "arn": ("", "arn:<partition>:logs:<region>:<account>:log-group:<name>"),
    },
    "Role": {
        "name": ("roleName", "[A-Za-z0-9+=,.@_-]+"),
        "arn": ("", "arn:<partition>:iam::<account>:role/<path>"),
        "path": ("", "[A-Za-z0-9+=,.@_/-]+"),
        "id": ("roleName", "[A-Za-z0-9+=,.@_-]+"),
    },
    "ManagedPolicy": {
        "name": ("managedPolicyName", "[A-Za-z0-9+=,.@_-]+"),
        "arn": ("", "arn:<partition>:iam::<account>:policy/<path>"),
        "path": ("", "[A-Za-z0-9+=,.@_/-]+"),
    },
    "TaskDefinition": {
        "family": ("family", NAME),
        "arn": ("", "arn:<partition>:ecs:<region>:<account>:task-definition/<family>:<revision>"),
        "arnWithoutRevision": ("", "arn:<partition>:ecs:<region>:<account>:task-definition/<family>"),
        "revision": ("", "\\d+"),
    },
    "Service": {
        "name": ("serviceName", NAME),
        "arn": ("", "arn:<partition>:ecs:<region>:<account>:service/<word>/<name>"),
    },
    "Cluster": {
        "name": ("clusterName", NAME),
        "arn": ("", "arn:<partition>:ecs:<region>:<account>:cluster/<name>"),
    },
    "CapacityProvider": {
        "name": ("name", NAME),
        "arn": ("", "arn:<partition>:ecs:<region>:<account>:capacity-provider/<name>"),
    },
    "TargetGroup": {
        "name": ("name", "[A-Za-z0-9-]+"),
        "arn": ("", "arn:<partition>:elasticloadbalancing:<region>:<account>:targetgroup/<name>/<hex16>"),
    },
    "LoadBalancer": {
        "name": ("name", "[A-Za-z0-9-]+"),
        "arn": ("", "arn:<partition>:elasticloadbalancing:<region>:<account>:loadbalancer/<kind>/<name>/<hex16>"),
        "kind": ("", "app|net|gwy"),
        "dns": ("", "<host>"),
    },
    "Listener": {"arn": ("", "arn:<partition>:elasticloadbalancing:<region>:<account>:listener/<tail>")},
    "SecurityGroup": {
        "id": ("", "sg-<id>"),
        "name": ("groupName", ".+"),
        "arn": ("", "arn:<partition>:ec2:<region>:<account>:security-group/<id>"),
    },
    "Subnet": {"id": ("", "subnet-<id>"), "arn": ("", "arn:<partition>:ec2:<region>:<account>:subnet/<id>")},
    "Vpc": {"id": ("", "vpc-<id>"), "cidr": ("cidrBlock", "[0-9./]+")},
    "RouteTable": {"id": ("", "rtb-<id>")},
    "InternetGateway": {"id": ("", "igw-<id>")},
    "EgressOnlyInternetGateway": {"id": ("", "eigw-<id>")},
    "NatGateway": {"id": ("", "nat-<id>")},
    "VpcEndpoint": {"id": ("", "vpce-<id>")},
    "FileSystem": {
        "id": ("", "fs-<id>"),
        "arn": ("", "arn:<partition>:elasticfilesystem:<region>:<account>:file-system/<id>"),
    },
    "AccessPoint": {
        "id": ("", "fsap-<id>"),
        "arn": ("", "arn:<partition>:elasticfilesystem:<region>:<account>:access-point/<id>"),
    },
    "Certificate": {"arn": ("", "arn:<partition>:acm:<region>:<account>:certificate/<word>")},
    "EncryptionKey": {
        "id": ("", "[A-Za-z0-9-]+"),
        "arn": ("", "arn:<partition>:kms:<region>:<account>:key/<id>"),
    },
    "CacheCluster": {
        "host": ("", "<host>"),
        "readerHost": ("", HOLES["host"]),
        "port": ("port", "\\d+"),
        "endpoint": ("", "<host>:<port>"),
        "arn": ("", "arn:<partition>:elasticache:<region>:<account>:<tail>"),
    },
    "Database": {
        "host": ("", "<host>"),
        "readerHost": ("", HOLES["host"]),
        "port": ("port", "\\d+"),
        "endpoint": ("", "<host>:<port>"),
        "masterUserSecretArn": ("", "arn:<partition>:secretsmanager:<region>:<account>:secret:rds!<word>"),
        "username": ("masterUsername", ".+"),
        "database": ("databaseName", ".+"),
        "arn": ("", "arn:<partition>:rds:<region>:<account>:<tail>"),
    },
    "DiscoveryNamespace": {
        "id": ("", "ns-<word>"),
        "name": ("name", "[A-Za-z0-9.-]+"),
        "arn": ("", "arn:<partition>:servicediscovery:<region>:<account>:namespace/<id>"),
    },
    "DiscoveryService": {
        "id": ("", "srv-<word>"),
        "name": ("name", "[A-Za-z0-9._-]+"),
        "arn": ("", "arn:<partition>:servicediscovery:<region>:<account>:service/<id>"),
    },
    "Queue": {
        "name": ("queueName", "[A-Za-z0-9_.-]+"),
        "arn": ("", "arn:<partition>:sqs:<region>:<account>:<name>"),
        "url": ("", "https://sqs.<region>.<suffix>/<account>/<name>"),
    },
    "Topic": {
        "name": ("topicName", "[A-Za-z0-9_.-]+"),
        "arn": ("", "arn:<partition>:sns:<region>:<account>:<name>"),
    },
    "Table": {
        "name": ("tableName", "[A-Za-z0-9_.-]+"),
        "arn": ("", "arn:<partition>:dynamodb:<region>:<account>:table/<name>"),
    },
    "RandomText": {"text": ("text", ".*")},
}

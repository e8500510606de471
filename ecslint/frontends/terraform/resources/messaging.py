"""Queues, topics and tables: what a task's permissions and variables refer to.

Source: the documentation of the AWS provider for the types below.
"""

from __future__ import annotations

from ecslint.frontends.terraform.resources.lowering import called, tags, text, truth
from ecslint.frontends.terraform.resources.resource_policy import own_policy
from ecslint.frontends.terraform.resources.type import looked_up, made

_QUEUE = {"arn": "arn", "id": "url", "url": "url", "name": "name"}
_TOPIC = {"arn": "arn", "id": "arn", "name": "name"}
_TABLE = {"arn": "arn", "id": "name", "name": "name", "stream_arn": "streamArn"}

TYPES = {
    "aws_dynamodb_table": made("Table", _TABLE, text("name", "tableName"), tags()),
    "aws_sns_topic": made("Topic", _TOPIC, called("topicName"), truth("fifo_topic"), tags(), derive=own_policy("arn")),
    "aws_sqs_queue": made("Queue", _QUEUE, called("queueName"), truth("fifo_queue"), tags(), derive=own_policy("url")),
    "data.aws_dynamodb_table": looked_up("Table", _TABLE, text("name", "tableName")),
    "data.aws_sns_topic": looked_up("Topic", _TOPIC, text("name", "topicName")),
    "data.aws_sqs_queue": looked_up("Queue", _QUEUE, text("name", "queueName")),
}

"""Registries that are not one's own although they look it."""

from __future__ import annotations

AWS_IMAGE_ACCOUNTS = {
    "906394416424": "AWS for Fluent Bit, https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html",
    "840364872350": "the App Mesh Envoy proxy, https://docs.aws.amazon.com/app-mesh/latest/userguide/envoy.html",
    "763104351884": "Deep Learning Containers, https://github.com/aws/deep-learning-containers",
    "602401143452": "Amazon EKS add-ons, https://docs.aws.amazon.com/eks/latest/userguide/add-ons-images.html",
}
"""Accounts whose private ECR registries AWS publishes images from."""

PULL_THROUGH = ("docker-hub", "ecr-public", "kubernetes", "quay")
"""Prefixes of repositories that cache another registry's images, as the ECR user guide names them.

Source: "Creating a pull through cache rule in Amazon ECR".
"""
